import { SupplyWorld } from '../support/supply-world.js';

let world: SupplyWorld;
beforeAll(async () => {
  world = await SupplyWorld.open();
});
afterAll(() => world?.close());

/** An order that tops up this account, with a source that does as it is told. */
async function aTopUp(account: Record<string, string>, script: readonly string[]): Promise<string> {
  const { orderId } = await world.anOrder(1, [script]);
  await world.pool.query(
    `WITH o AS (UPDATE orders SET account = $2 WHERE id = $1 RETURNING product_id),
       p AS (UPDATE products SET kind = 'top-up' WHERE id IN (SELECT product_id FROM o) RETURNING id)
     UPDATE supply_routes SET supplier_product_id = '777' WHERE product_id IN (SELECT id FROM p)`,
    [orderId, account],
  );
  return orderId;
}

async function attemptsOf(orderId: string): Promise<string[]> {
  const { rows } = await world.pool.query<{ status: string }>(
    'SELECT status FROM attempts WHERE order_id = $1 ORDER BY id',
    [orderId],
  );
  return rows.map(({ status }) => status);
}

describe('two orders that top up the same account', () => {
  it('are never under way at once, whatever the field is called; the second goes on when the first has ended', async () => {
    const first = await aTopUp({ account: '13800000001' }, ['timeout-after']);
    const second = await aTopUp({ phone: ' 13800000001' }, ['accept']);
    const other = await aTopUp({ phone: '13900000002' }, ['accept']);
    await world.step(first);
    expect(await attemptsOf(first)).toEqual(['unknown']);
    await world.step(second);
    await world.step(other);
    expect(await attemptsOf(second)).toEqual([]);
    expect(await attemptsOf(other)).toHaveLength(1);
    expect(await world.drive(first, { deaths: 0 })).toBe('succeeded');
    expect(await world.drive(second, { deaths: 0 })).toBe('succeeded');
    expect(await attemptsOf(second)).toEqual(['succeeded']);
  }, 60_000);

  it('do not count as a round without a source', async () => {
    const first = await aTopUp({ account: '13800000003' }, ['timeout-after']);
    const second = await aTopUp({ account: '13800000003' }, ['accept']);
    await world.step(first);
    for (let times = 0; times < 3; times += 1) await world.step(second);
    const { rows } = await world.pool.query('SELECT supply_round FROM orders WHERE id = $1', [
      second,
    ]);
    expect(rows).toEqual([{ supply_round: 0 }]);
  }, 60_000);
});

it('a submission that its protocol cannot express has not left: the order goes on to the next source', async () => {
  const orderId = await aTopUp({ qq: '10001', server: '7' }, []);
  const names = (value: object) =>
    world.pool.query(
      'UPDATE supply_routes SET field_names = $2 WHERE product_id = (SELECT product_id FROM orders WHERE id = $1)',
      [orderId, value],
    );
  await names({ qq: 'account' });
  await world.plan(orderId);
  await names({});
  await world.step(orderId);
  expect(await attemptsOf(orderId)).toEqual(['not-sent']);
  await names({ qq: 'account' });
  expect(await world.drive(orderId, { deaths: 0 })).toBe('succeeded');
}, 60_000);
