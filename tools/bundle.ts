import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { bundleAdmin } from './bundle-admin.js';

// node dist/tools/bundle.js: builds what the programs load besides their own code. Run it after every compile.
const BUNDLE_FILE = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

async function bundleWorkflows(): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(import.meta.resolve('#workflows/bundle')),
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(BUNDLE_FILE, code);
  console.log(`workflow bundle: ${Math.round(code.length / 1024)} kB`);
}

await bundleWorkflows();
await bundleAdmin();
