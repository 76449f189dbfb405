import { readdirSync } from 'node:fs';
import { DefaultLogger, Runtime, type WorkflowBundle } from '@temporalio/worker';
import { readHistory, replay } from '../support/history.js';
import { bundleFromSources } from '../support/workflow-bundle.js';

// Each file is a run that a released worker made, as `temporal workflow show --output json` writes it.
const RECORDED = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace(/\.json$/, ''));

let bundle: WorkflowBundle;
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
    shutdownSignals: [],
  });
  bundle = await bundleFromSources();
}, 60_000);
afterAll(() => Runtime.instance().shutdown());

it('knows every main way through an order', () => {
  expect(RECORDED).toEqual(
    expect.arrayContaining([
      'fulfil-order.failed-at-deadline',
      'fulfil-order.filled-and-called-back',
      'fulfil-order.final-at-start',
      'fulfil-order.retried-and-cancelled',
    ]),
  );
});

it.each(RECORDED)(
  'goes on with the run %s as it was begun',
  async (name) => {
    await replay(bundle, await readHistory(name));
  },
  60_000,
);

it('notices where the code of today would do something else than the run has done', async () => {
  const history = await readHistory('fulfil-order.filled-and-called-back');
  const text = JSON.stringify(history).replaceAll('tryCallback', 'sendLetter');
  await expect(replay(bundle, JSON.parse(text) as typeof history)).rejects.toThrow(
    /nondeterminism/i,
  );
}, 60_000);
