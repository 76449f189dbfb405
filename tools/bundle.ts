import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type BundleOptions } from '@temporalio/worker';
import { bundleAdmin } from './bundle-admin.js';

// node dist/tools/bundle.js: builds what the programs load besides their own code. Run it after every compile.
type WebpackConfig = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

const BUNDLE_FILE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

/**
 * Every run evaluates the whole bundle anew, so what no workflow uses is left out, and our own files become one. They have
 * no side effects: a rule is a function of its arguments.
 */
function withoutUnused(config: WebpackConfig): WebpackConfig {
  const ours = { test: /[\\/]dist[\\/]libs[\\/]/, sideEffects: false };
  return {
    ...config,
    module: { ...config.module, rules: [...(config.module?.rules ?? []), ours] },
    optimization: {
      ...config.optimization,
      providedExports: true,
      usedExports: true,
      sideEffects: true,
      concatenateModules: true,
    },
  };
}

async function bundleWorkflows(): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(import.meta.resolve('#workflows/bundle')),
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: withoutUnused,
  });
  await writeFile(BUNDLE_FILE, code);
  console.log(`workflow bundle: ${Math.round(code.length / 1024)} kB`);
}

await bundleWorkflows();
await bundleAdmin();
