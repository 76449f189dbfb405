import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

const SOURCES = path.resolve(import.meta.dirname, '../../libs/workflows/src/bundle.ts');

/** The workflows as the worker loads them, built from the sources in front of you. */
export async function bundleFromSources(): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: SOURCES,
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: ['source', '...'] },
    }),
  });
}
