import { SupplyWorld } from '../support/supply-world.js';

let world: SupplyWorld;
beforeAll(async () => {
  world = await SupplyWorld.open();
});
afterAll(() => world?.close());

const QUANTITY = 2;
const CARDS = ['A', 'B'].map((no) => ({
  cardNo: `BY-HAND-${no}`,
  cardPassword: 'secret',
  expiresAtMs: undefined,
}));

/** An order whose first source took it and lost the reply, and whose second source is honest. */
async function anUnknownOutcome() {
  const { orderId, sources } = await world.anOrder(QUANTITY, [['http-500-after'], []]);
  const attemptId = await world.step(orderId);
  expect(await statusOf(attemptId)).toBe('unknown');
  return { orderId, sources, attemptId };
}

async function one(sql: string, values: unknown[]): Promise<Record<string, unknown>> {
  const { rows } = await world.pool.query<Record<string, unknown>>(sql, values);
  return rows[0] ?? {};
}
const statusOf = async (attemptId: string): Promise<unknown> =>
  (await one('SELECT status FROM attempts WHERE id = $1', [attemptId]))['status'];
const orderStatus = async (orderId: string): Promise<unknown> =>
  (await one('SELECT status FROM orders WHERE id = $1', [orderId]))['status'];

afterEach(async () => {
  expect(await world.doctorFinds()).toEqual([]);
});

it('"delivered", with the cards, ends the order; what the supplier says later changes nothing', async () => {
  const { orderId, attemptId } = await anUnknownOutcome();
  const cards = CARDS.map((card) => ({ ...card, cardNo: `${card.cardNo}-${orderId}` }));
  await world.decide(attemptId, 'succeeded', { cards });
  expect([await statusOf(attemptId), await orderStatus(orderId)]).toEqual([
    'succeeded',
    'succeeded',
  ]);
  await world.ask(attemptId);
  expect([await statusOf(attemptId), await world.cardsOf(orderId)]).toEqual([
    'succeeded',
    QUANTITY,
  ]);
}, 60_000);

it('"delivered" without cards is refused: a card order cannot be delivered without them', async () => {
  const { attemptId } = await anUnknownOutcome();
  await expect(world.decide(attemptId, 'succeeded')).rejects.toThrow('attempt.cards-required');
  expect(await statusOf(attemptId)).toBe('unknown');
}, 60_000);

it('"not delivered" frees the units; a delivery that comes after all is surplus, never a second one', async () => {
  const { orderId, attemptId } = await anUnknownOutcome();
  await world.decide(attemptId, 'failed');
  expect(await world.drive(orderId, { deaths: 0 })).toBe('succeeded');
  await world.ask(attemptId);
  expect(await statusOf(attemptId)).toBe('late-success');
  expect(await world.cardsOf(orderId)).toBe(QUANTITY);
  expect(await one('SELECT surplus_count FROM attempts WHERE id = $1', [attemptId])).toEqual({
    surplus_count: QUANTITY,
  });
  const stock = await one(
    'SELECT count(*)::int AS count FROM card_stock s JOIN orders o ON o.product_id = s.product_id WHERE o.id = $1',
    [orderId],
  );
  expect(stock).toEqual({ count: QUANTITY });
}, 60_000);

it('"ask again" makes a query due at once and wakes the run', async () => {
  const { orderId, attemptId } = await anUnknownOutcome();
  await world.decide(attemptId, 'ask-again');
  expect(
    await one('SELECT next_query_at <= now() AS is_due FROM attempts WHERE id = $1', [attemptId]),
  ).toEqual({ is_due: true });
  expect(
    await one(
      `SELECT kind FROM outbox_messages WHERE kind = 'order-changed' AND subject = $1 LIMIT 1`,
      [orderId],
    ),
  ).toEqual({ kind: 'order-changed' });
  expect(await world.drive(orderId, { deaths: 0 })).toBe('succeeded');
  expect(await statusOf(attemptId)).toBe('succeeded');
}, 60_000);

it('"give to" hands the units to the named source', async () => {
  const { orderId, sources, attemptId } = await anUnknownOutcome();
  await world.decide(attemptId, 'give-to', { supplierCode: sources[1] ?? '' });
  expect(await world.drive(orderId, { deaths: 0 })).toBe('succeeded');
  const { rows } = await world.pool.query(
    'SELECT s.code, a.status FROM attempts a JOIN suppliers s ON s.id = a.supplier_id WHERE a.order_id = $1 ORDER BY a.id',
    [orderId],
  );
  expect(rows).toEqual([
    { code: sources[0], status: 'failed' },
    { code: sources[1], status: 'succeeded' },
  ]);
}, 60_000);

it('"give to" a source that nobody knows changes nothing at all', async () => {
  const { attemptId } = await anUnknownOutcome();
  const given = world.decide(attemptId, 'give-to', { supplierCode: 'nobody' });
  await expect(given).rejects.toThrow('supplier.not-eligible');
  expect(await statusOf(attemptId)).toBe('unknown');
}, 60_000);

it('of two people and the supplier itself at the same moment one is heard', async () => {
  const { orderId, attemptId } = await anUnknownOutcome();
  const said = await Promise.allSettled([
    world.decide(attemptId, 'failed'),
    world.decide(attemptId, 'failed'),
    world.ask(attemptId),
  ]);
  expect(said.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(await world.drive(orderId, { deaths: 0 })).toBe('succeeded');
  expect(await world.cardsOf(orderId)).toBe(QUANTITY);
}, 60_000);
