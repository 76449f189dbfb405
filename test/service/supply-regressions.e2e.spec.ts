import { SupplyWorld } from '../support/supply-world.js';

let world: SupplyWorld;
beforeAll(async () => {
  world = await SupplyWorld.open();
});
afterAll(() => world?.close());

const QUANTITY = 2;
const NO_DEATHS = { deaths: 0 };

/** How the attempts of an order ended, the first one first. */
async function attemptsOf(orderId: string): Promise<string[]> {
  const { rows } = await world.pool.query<{ status: string }>(
    'SELECT status FROM attempts WHERE order_id = $1 ORDER BY id',
    [orderId],
  );
  return rows.map(({ status }) => status);
}

/** How often any number was submitted to the sources, over the number of attempts. */
async function submissionsBeyondAttempts(
  orderId: string,
  sources: readonly string[],
): Promise<number> {
  const submissions = sources.flatMap((code) => [
    ...(world.simulator.suppliers.get(code)?.submissions.values() ?? []),
  ]);
  const sum = submissions.reduce((total, count) => total + count, 0);
  return sum - (await attemptsOf(orderId)).length;
}

/** The bugs of other systems, through the whole of ours: attempts, settling, failover. */
describe('bugs of other systems, from order to delivery', () => {
  it.each([
    'timeout-after',
    'reset-after',
    'http-500-after',
    'html-after',
    'garbage-after',
    'system-after',
  ])(
    'myjob, LinLinQi: a lost reply (%s) makes no second submission and no failover',
    async (behaviour) => {
      const { orderId, sources } = await world.anOrder(QUANTITY, [[behaviour], []]);
      expect(await world.drive(orderId, NO_DEATHS)).toBe('succeeded');
      expect(await attemptsOf(orderId)).toEqual(['succeeded']);
      expect(await submissionsBeyondAttempts(orderId, sources)).toBe(0);
      expect(world.handedOut(sources)).toBe(QUANTITY);
    },
    60_000,
  );

  it('kakayun 1205: a number that exists already is asked about, not taken for a failure', async () => {
    const { orderId, sources } = await world.anOrder(QUANTITY, [['duplicate-after'], []]);
    expect(await world.drive(orderId, NO_DEATHS)).toBe('succeeded');
    expect(await attemptsOf(orderId)).toEqual(['succeeded']);
    expect(world.handedOut(sources)).toBe(QUANTITY);
  }, 60_000);

  it('myjob: after a part only what is missing is ordered again', async () => {
    const { orderId, sources } = await world.anOrder(QUANTITY, [['part-success'], []]);
    expect(await world.drive(orderId, NO_DEATHS)).toBe('succeeded');
    const { rows } = await world.pool.query<{ quantity: number; status: string }>(
      'SELECT quantity, status FROM attempts WHERE order_id = $1 ORDER BY id',
      [orderId],
    );
    expect(rows).toEqual([
      { quantity: QUANTITY, status: 'partial' },
      { quantity: 1, status: 'succeeded' },
    ]);
    expect(world.handedOut(sources)).toBe(QUANTITY);
  }, 60_000);

  it('an order that never arrived goes to the next source, and is delivered once', async () => {
    const { orderId, sources } = await world.anOrder(QUANTITY, [['timeout-before'], []]);
    expect(await world.drive(orderId, NO_DEATHS)).toBe('succeeded');
    expect(await attemptsOf(orderId)).toEqual(['not-received', 'succeeded']);
    expect(world.handedOut(sources)).toBe(QUANTITY);
    expect(await world.cardsOf(orderId)).toBe(QUANTITY);
  }, 60_000);

  it.each(['new-code-after', 'created-201'])(
    'xianyu-auto-reply: what nobody has listed (%s) is asked about, and issues no second code',
    async (behaviour) => {
      const { orderId, sources } = await world.anOrder(QUANTITY, [[behaviour], []]);
      expect(await world.drive(orderId, NO_DEATHS)).toBe('succeeded');
      expect(await attemptsOf(orderId)).toEqual(['succeeded']);
      expect(world.handedOut(sources)).toBe(QUANTITY);
    },
    60_000,
  );

  it.each(['refuse-stock', 'refuse-maintenance', 'rate-limited', 'balance-exhausted', 'fail'])(
    'a listed refusal (%s) fails over at once, and costs nothing',
    async (behaviour) => {
      const { orderId, sources } = await world.anOrder(QUANTITY, [[behaviour], []]);
      expect(await world.drive(orderId, NO_DEATHS)).toBe('succeeded');
      const [first, second] = await attemptsOf(orderId);
      expect([first === 'rejected' || first === 'failed', second]).toEqual([true, 'succeeded']);
      expect(world.handedOut(sources)).toBe(QUANTITY);
      const { rows } = await world.pool.query<{ paid: string }>(
        `SELECT coalesce(sum(paid_hao), 0)::text AS paid FROM attempts WHERE order_id = $1 AND status <> 'succeeded'`,
        [orderId],
      );
      expect(rows).toEqual([{ paid: '0' }]);
    },
    60_000,
  );

  it('leaves nothing behind that the doctor would mind', async () => {
    expect(await world.doctorFinds()).toEqual([]);
  });
});
