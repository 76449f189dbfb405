import { afterCreate } from '#domain';
import { ADAPTERS } from '#domain/protocol';
import type { Simulator } from '../../tools/simulator/simulator.js';
import {
  CARD_HAO,
  connectionOf,
  ledgerNumbers,
  MINUTE_MS,
  numbers,
  pause,
  startSimulator,
  SupplierBench,
  TOP_UP_HAO,
} from '../support/conformance.js';
import {
  causeTold,
  expectRefused,
  REFUNDS_TOLD,
  TELLS_NO_PART,
} from '../support/conformance-vendors.js';

const REFUSALS = [
  'account',
  'blacklist',
  'price',
  'balance',
  'stock',
  'off-shelf',
  'auth',
  'limit',
  'maintenance',
] as const;

const LOST_REPLIES = [
  ['timeout', 'no-reply'],
  ['reset', 'no-reply'],
  ['http-500', 'gateway'],
  ['html', 'not-json'],
  ['truncated', 'not-json'],
  ['garbage', 'not-json'],
  ['duplicate', 'duplicate-number'],
  ['system', 'system-code'],
  ['new-code', 'new-code'],
] as const;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

describe.each(Object.keys(ADAPTERS))('%s against the simulator', (protocol) => {
  let bench: SupplierBench;
  beforeEach(async () => {
    bench = await SupplierBench.open(simulator, protocol);
  });
  const hasCards = ADAPTERS[protocol]?.kinds.includes('card') ?? false;

  it.each(ADAPTERS[protocol]?.kinds ?? [])('delivers a %s as the ledger has it', async (kind) => {
    const request = bench.request({ kind });
    const created = await bench.create(request);
    expect(created).toMatchObject({ outcome: 'accepted' });
    expect(afterCreate(created, 1)).toBe('await-and-query');
    const verdict = await bench.verdictOf(request, 'succeeded');
    const real = await bench.ledgerOrder(request.attemptNo);
    expect(verdict).toMatchObject({ verdict: 'succeeded', surplus: 0 });
    expect(real).toMatchObject({
      quantity: request.quantity,
      deliveredUnits: request.quantity,
      account: request.account['account'] ?? '',
    });
    if (verdict.verdict === 'succeeded')
      expect(numbers(verdict.report.cards)).toEqual(ledgerNumbers(real));
  });

  it.each(REFUSALS)('is refused for %s, and nothing was taken', async (refusal) => {
    await bench.script(`refuse-${refusal}`);
    const request = bench.request();
    expectRefused(protocol, await bench.create(request), refusal);
    expect(await bench.ledgerOrder(request.attemptNo)).toBeUndefined();
  });

  it.each(LOST_REPLIES)(
    'only asks after %s, finds what was delivered, and never sends twice',
    async (disturbance, cause) => {
      await bench.script(`${disturbance}-after`);
      const request = bench.request();
      const created = await bench.create(request);
      expect(created).toMatchObject({
        outcome: 'unknown',
        cause: causeTold(protocol, disturbance, cause),
      });
      expect(afterCreate(created, 1)).toBe('query-only');
      await expect(bench.verdictOf(request, 'succeeded')).resolves.toMatchObject({
        verdict: 'succeeded',
      });
      expect(await bench.submissions(request.attemptNo)).toBe(1);
    },
  );

  it.each(LOST_REPLIES)(
    'takes an order lost by %s for not received only after the grace and a second look',
    async (disturbance, cause) => {
      await bench.script(`${disturbance}-before`);
      const request = bench.request();
      expect(await bench.create(request)).toMatchObject({
        outcome: 'unknown',
        cause: causeTold(protocol, disturbance, cause),
      });
      const graceMs = bench.adapter.limits.notFoundGraceMs;
      const early = await bench.verdict(request, graceMs - 1);
      const first = await bench.verdict(request, graceMs);
      const second = await bench.verdict(request, graceMs + MINUTE_MS, {
        firstNotFoundAtMs: graceMs,
      });
      expect(early).toEqual({ verdict: 'still-unknown', firstNotFoundAtMs: undefined });
      expect(first).toEqual({ verdict: 'still-unknown', firstNotFoundAtMs: graceMs });
      expect(second).toEqual({ verdict: 'not-received' });
      expect(await bench.ledgerOrder(request.attemptNo)).toBeUndefined();
    },
  );

  it('tells a code that nobody knows from the rest', async () => {
    await bench.script('new-code-before');
    expect(await bench.create(bench.request())).toMatchObject({ isNewCode: true });
  });

  it.each([
    ['wrong-order', 'wrong-order'],
    ['empty-after', 'empty'],
  ])('keeps a create unknown that is answered with %s', async (behaviour, cause) => {
    await bench.script(behaviour);
    expect(await bench.create(bench.request())).toMatchObject({ outcome: 'unknown', cause });
  });

  it('does not believe a negative price', async () => {
    await bench.script('negative-cost');
    const created = await bench.create(bench.request());
    expect(created.outcome === 'accepted' ? created.costHao : undefined).toBeUndefined();
  });

  it('sends again under the same number where the connection was refused', async () => {
    const request = bench.request();
    const closed = await startSimulator();
    const baseUrl = closed.url;
    await closed.stop();
    const created = await bench.create(request, { baseUrl });
    expect(created).toMatchObject({ outcome: 'not-sent' });
    expect(afterCreate(created, 1)).toBe('send-again-same-number');
    expect(await bench.create(request)).toMatchObject({ outcome: 'accepted' });
  });

  it('is unknown where the supplier hangs or cuts the line', async () => {
    for (const mode of ['hang', 'refuse']) {
      await bench.control(`/control/suppliers/${bench.code}/down`, { mode });
      expect(await bench.create(bench.request())).toMatchObject({
        outcome: 'unknown',
        cause: 'no-reply',
      });
    }
  });

  it('waits for a slow supplier', async () => {
    await bench.script('slow');
    const request = bench.request();
    expect(await bench.create(request)).toMatchObject({ outcome: 'accepted' });
    expect(await bench.verdict(request, MINUTE_MS)).toMatchObject({ verdict: 'processing' });
    expect(await bench.verdictOf(request, 'succeeded')).toMatchObject({ verdict: 'succeeded' });
  });

  it('fails with the refund as a fact of its own', async () => {
    const refunds: string[] = [];
    for (const behaviour of ['fail', 'fail-unrefunded', 'fail-marked']) {
      await bench.script(behaviour);
      const request = bench.request();
      await bench.create(request);
      const verdict = await bench.verdictOf(request, 'failed');
      expect(verdict).toMatchObject({ verdict: 'failed' });
      if (verdict.verdict === 'failed') refunds.push(verdict.report.refund.state);
      expect(await bench.ledgerOrder(request.attemptNo)).toMatchObject({ deliveredUnits: 0 });
    }
    expect(refunds).toEqual(REFUNDS_TOLD[protocol] ?? ['full', 'none', 'none']);
  });

  it('ends a part success with exactly the units that were delivered', async () => {
    if (bench.adapter.limits.quantityMax[bench.request().kind] < 5) return;
    await bench.script('part-success');
    const request = bench.request({ quantity: 5 });
    await bench.create(request);
    const wanted = TELLS_NO_PART.has(protocol) ? 'processing' : 'partial';
    await pause(60);
    const verdict = await bench.verdictOf(request, wanted);
    const real = await bench.ledgerOrder(request.attemptNo);
    expect(real).toMatchObject({ state: 'part', deliveredUnits: 2 });
    if (verdict.verdict === 'partial') {
      expect(verdict.deliveredUnits).toBe(2);
      expect(numbers(verdict.report.cards)).toEqual(ledgerNumbers(real));
    } else {
      expect(verdict).toMatchObject({ verdict: 'processing' });
      if (verdict.verdict === 'processing')
        expect(numbers(verdict.cardsSoFar)).toEqual(ledgerNumbers(real));
      expect(await bench.verdict(request, 48 * 60 * MINUTE_MS)).toMatchObject({
        because: 'budget-spent',
      });
    }
  });

  it('hears of a late success after the order was given up', async () => {
    await bench.script({ behaviour: 'late-success', hiddenMs: 1_500, settleMs: 1_500 });
    const request = bench.request();
    expect(await bench.create(request)).toMatchObject({ outcome: 'unknown' });
    const graceMs = bench.adapter.limits.notFoundGraceMs;
    expect(
      await bench.verdict(request, graceMs + MINUTE_MS, { firstNotFoundAtMs: graceMs }),
    ).toEqual({ verdict: 'not-received' });
    expect(await bench.verdictOf(request, 'succeeded')).toMatchObject({ verdict: 'succeeded' });
  });

  it('hears of a success that the supplier first called a failure', async () => {
    await bench.script('failed-then-success');
    const request = bench.request();
    await bench.create(request);
    expect(await bench.verdictOf(request, 'failed')).toMatchObject({ verdict: 'failed' });
    expect(await bench.verdictOf(request, 'succeeded')).toMatchObject({ verdict: 'succeeded' });
  });

  it('sees a success being taken back', async () => {
    await bench.script('reversal');
    const request = bench.request();
    await bench.create(request);
    expect(await bench.verdictOf(request, 'succeeded')).toMatchObject({ verdict: 'succeeded' });
    expect(await bench.verdictOf(request, 'failed')).toMatchObject({ verdict: 'failed' });
    expect(await bench.ledgerOrder(request.attemptNo)).toMatchObject({ state: 'reversed' });
  });

  it.each(['query-500', 'query-garbage', 'query-silence', 'query-wrong-order', 'query-new-status'])(
    'learns nothing from %s',
    async (behaviour) => {
      await bench.script(behaviour);
      const request = bench.request();
      await bench.create(request);
      await pause(60);
      expect(await bench.verdict(request, MINUTE_MS)).toEqual({ verdict: 'no-information' });
    },
  );

  it.each([1, 3])('never pays more than its guard allows for %i', async (wanted) => {
    const quantity = Math.min(wanted, bench.adapter.limits.quantityMax[bench.request().kind]);
    if (bench.adapter.guard.meaning === 'none') return;
    const unitHao = hasCards ? CARD_HAO : TOP_UP_HAO;
    const guard = (cheaperHao: number) => ({
      unitHao: unitHao - cheaperHao,
      totalHao: (unitHao - cheaperHao) * quantity,
    });
    const exact = await bench.create(bench.request({ quantity, guard: guard(0) }));
    const short = await bench.create(bench.request({ quantity, guard: guard(100) }));
    expect(exact).toMatchObject({ outcome: 'accepted' });
    expectRefused(protocol, short, 'price');
  });

  it('is refused by a supplier that has another secret of ours', async () => {
    const wrong = { ...bench.connection, secret: connectionOf(protocol, 'evil').secret };
    const created = await bench.create(bench.request(), { connection: wrong });
    expectRefused(protocol, created, 'auth');
  });

  it('is refused when the balance is spent', async () => {
    await bench.control(`/control/suppliers/${bench.code}/balance`, { balanceHao: 10 });
    expectRefused(protocol, await bench.create(bench.request()), 'balance');
  });
});
