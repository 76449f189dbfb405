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

it('knows every main way through an order, a callback and a statement', () => {
  expect(RECORDED).toEqual(
    expect.arrayContaining([
      'close-statement.paid-after-a-day',
      'close-statements.two-periods',
      'compensate-incident.batch-after-batch',
      'deliver-callback.acknowledged-at-second-try',
      'deliver-callback.acknowledged-at-third-try',
      'fulfil-order.failed-at-deadline',
      'fulfil-order.filled-from-stock',
      'fulfil-order.final-at-start',
      'fulfil-order.retried-and-cancelled',
      'fulfil-order.asked-until-known',
      'fulfil-order.bought-at-once',
      'fulfil-order.failed-over',
      'fulfil-order.not-received',
      'fulfil-order.part-success',
      'replenish-stock.bought-in-lots',
      'remind-licence.both-ladders',
      'run-complaint-clock.news-and-severity',
      'run-complaint-clock.whole-ladder',
      'deliver-in-stages.paid-to-the-end',
      'deliver-in-stages.stopped-paying',
      'deliver-in-stages.extended-and-cancelled',
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

it.each([
  { name: 'close-statement.paid-after-a-day', was: 'watchStatement', is: 'forgetStatement' },
  { name: 'compensate-incident.batch-after-batch', was: 'giveIncidentBatch', is: 'keepAllOfIt' },
  { name: 'deliver-callback.acknowledged-at-third-try', was: 'tryCallback', is: 'sendLetter' },
  { name: 'fulfil-order.failed-at-deadline', was: 'failOverdueOrder', is: 'forgetOrder' },
  { name: 'fulfil-order.not-received', was: 'queryAttempt', is: 'guessAttempt' },
  { name: 'run-complaint-clock.whole-ladder', was: 'advanceComplaint', is: 'forgetComplaint' },
  { name: 'replenish-stock.bought-in-lots', was: 'sendAttempt', is: 'giveAttempt' },
  { name: 'remind-licence.both-ladders', was: 'lookAtLicence', is: 'forgetLicence' },
  { name: 'deliver-in-stages.stopped-paying', was: 'advanceStages', is: 'skipStages' },
])(
  'notices where the code of today would do something else than the run $name has done',
  async ({ name, was, is }) => {
    const history = await readHistory(name);
    const changed = JSON.parse(renamed(JSON.stringify(history), was, is)) as typeof history;
    await expect(replay(bundle, changed)).rejects.toThrow(/nondeterminism/i);
  },
  60_000,
);

/** Also inside the payloads, where local activities have their names. */
function renamed(text: string, was: string, is: string): string {
  return text.replaceAll(was, is).replace(/"data":"([^"]*)"/g, (_, data: string) => {
    const plain = Buffer.from(data, 'base64').toString('utf8').replaceAll(was, is);
    return `"data":"${Buffer.from(plain, 'utf8').toString('base64')}"`;
  });
}
