import { askWriteOff, confirmWriteOff, recoverClaim, stepCompensation } from '#domain/stores';
import { Died, dyingPool } from '../support/dying-pool.js';
import { SupplyWorld } from '../support/supply-world.js';

let world: SupplyWorld;
beforeAll(async () => {
  world = await SupplyWorld.open();
});
afterAll(() => world?.close());
afterEach(async () => {
  expect(await world.doctorFinds()).toEqual([]);
});

const PRICE_HAO = 985_000;
const TAKEN_BACK_MS = 600;
const nothing = (): Promise<void> => Promise.resolve();

async function one(text: string, values: unknown[] = []): Promise<Record<string, unknown>> {
  const { rows } = await world.pool.query<Record<string, unknown>>(text, values);
  return rows[0] ?? {};
}
const idOf = async (text: string, values: unknown[]): Promise<string> =>
  String((await one(text, values))['id']);

/** An order that a supplier delivered and took back when it was final already. */
async function aReversal(): Promise<{ orderId: string; compensationId: string }> {
  const { orderId } = await world.anOrder(1, [['reversal']]);
  expect(await world.drive(orderId, { deaths: 0 })).toBe('succeeded');
  const attemptId = await idOf('SELECT id FROM attempts WHERE order_id = $1', [orderId]);
  await new Promise((resolve) => setTimeout(resolve, TAKEN_BACK_MS));
  await world.ask(attemptId);
  const compensationId = await idOf('SELECT id FROM compensations WHERE order_id = $1', [orderId]);
  return { orderId, compensationId };
}

const balanceOf = async (orderId: string): Promise<number> =>
  Number(
    (
      await one(
        `SELECT a.balance_hao FROM ledger_accounts a JOIN orders o ON o.platform_id = a.platform_id
         WHERE a.kind = 'platform-balance' AND o.id = $1`,
        [orderId],
      )
    )['balance_hao'],
  );

describe('a supplier that takes back what it delivered', () => {
  it('costs the platform nothing: the transaction that learns of it opens a refund, the worker gives it', async () => {
    const { orderId, compensationId } = await aReversal();
    const order = await one('SELECT * FROM orders WHERE id = $1', [orderId]);
    const due = await one(
      `SELECT count(*)::int AS count FROM outbox_messages WHERE kind = 'compensate' AND subject = $1`,
      [compensationId],
    );
    expect(due).toEqual({ count: 1 });
    const beforeHao = await balanceOf(orderId);
    await stepCompensation(world.pool, { compensationId, nowMs: Date.now() });
    expect(await balanceOf(orderId)).toBe(beforeHao + PRICE_HAO);
    expect(await one('SELECT * FROM orders WHERE id = $1', [orderId])).toEqual(order);
    expect(
      await one('SELECT status, remedy, cause, fault FROM compensations WHERE id = $1', [
        compensationId,
      ]),
    ).toEqual({ status: 'done', remedy: 'refund', cause: 'reversal', fault: 'supplier' });
  }, 60_000);

  it('is refunded once, wherever the worker dies on the way', async () => {
    const { orderId, compensationId } = await aReversal();
    const beforeHao = await balanceOf(orderId);
    let deaths = 0;
    for (let at = 1; ; at += 1) {
      const died = await stepCompensation(dyingPool(world.pool, at), {
        compensationId,
        nowMs: Date.now(),
      }).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Died) return true;
          throw error;
        },
      );
      if (!died) break;
      deaths += 1;
      expect(await balanceOf(orderId)).toBe(beforeHao);
    }
    expect(deaths).toBeGreaterThan(10);
    await stepCompensation(world.pool, { compensationId, nowMs: Date.now() });
    expect(await balanceOf(orderId)).toBe(beforeHao + PRICE_HAO);
  }, 60_000);
});

/** A claim over so many hao, as the rules open it for a bad card. */
async function aClaim(kind: 'compensation' | 'unrefunded', amountHao: number): Promise<string> {
  const { orderId } = await world.anOrder(1, [[]]);
  await world.drive(orderId, { deaths: 0 });
  const made = await one(
    `INSERT INTO supply_claims (supplier_id, attempt_id, kind, amount_hao)
     SELECT supplier_id, id, $2, $3 FROM attempts WHERE order_id = $1 RETURNING id`,
    [orderId, kind, amountHao],
  );
  return String(made['id']);
}
const recover = (claimId: string, amountHao: number): Promise<void> =>
  recoverClaim(world.pool, { claimId, amountHao, remark: 'paid back', nowMs: Date.now() }, nothing);
const claim = (claimId: string): Promise<Record<string, unknown>> =>
  one('SELECT status, recovered_hao FROM supply_claims WHERE id = $1', [claimId]);

describe('a claim', () => {
  it('is recovered in parts, never for more than it is, and then closed', async () => {
    const claimId = await aClaim('compensation', 1_000);
    await recover(claimId, 400);
    expect(await claim(claimId)).toEqual({ status: 'open', recovered_hao: '400' });
    await expect(recover(claimId, 601)).rejects.toThrow('claim.too-much');
    await recover(claimId, 600);
    expect(await claim(claimId)).toEqual({ status: 'settled', recovered_hao: '1000' });
    await expect(recover(claimId, 1)).rejects.toThrow('claim.not-open');
    const booked = await one(
      `SELECT count(*)::int AS entries, sum(p.amount_hao)::int AS hao FROM ledger_entries e
       JOIN ledger_postings p ON p.entry_id = e.id AND p.amount_hao > 0
       WHERE e.kind = 'compensation-recovery' AND e.idempotency_key LIKE 'claim:' || $1 || '%'`,
      [claimId],
    );
    expect(booked).toEqual({ entries: 2, hao: 1_000 });
  }, 60_000);

  it('is recovered once by two people at the same moment', async () => {
    const claimId = await aClaim('compensation', 1_000);
    const told = await Promise.allSettled([recover(claimId, 1_000), recover(claimId, 1_000)]);
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }, 60_000);

  it('lowers what its attempt has cost, so that the supplier’s own refund is not booked again', async () => {
    const claimId = await aClaim('unrefunded', 500);
    const paid = (): Promise<Record<string, unknown>> =>
      one(
        'SELECT a.paid_hao::int AS hao FROM attempts a JOIN supply_claims k ON k.attempt_id = a.id WHERE k.id = $1',
        [claimId],
      );
    const before = Number((await paid())['hao']);
    await recover(claimId, 500);
    expect(await paid()).toEqual({ hao: before - 500 });
  }, 60_000);

  it('is given up by two people, never by one', async () => {
    const claimId = await aClaim('unrefunded', 700);
    const confirm = (staffEmail: string): Promise<void> =>
      confirmWriteOff(world.pool, { claimId, staffEmail, nowMs: Date.now() }, nothing);
    await expect(confirm('a@example.test')).rejects.toThrow('claim.write-off-not-asked');
    await askWriteOff(
      world.pool,
      { claimId, remark: 'bankrupt', staffEmail: 'a@example.test' },
      nothing,
    );
    await expect(confirm('a@example.test')).rejects.toThrow('claim.own-request');
    await confirm('b@example.test');
    expect(await claim(claimId)).toEqual({ status: 'written-off', recovered_hao: '0' });
    const booked = await one(
      `SELECT p.amount_hao::int AS hao FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id
       JOIN ledger_accounts a ON a.id = p.account_id AND a.code = 'bad-debt' WHERE e.idempotency_key = 'claim:' || $1 || ':written-off'`,
      [claimId],
    );
    expect(booked).toEqual({ hao: 700 });
  }, 60_000);
});

it('a card that came too late is found again, with the attempt that brought it', async () => {
  const { orderId } = await world.anOrder(1, [['http-500-after'], []]);
  const attemptId = await world.step(orderId);
  await world.decide(attemptId, 'failed');
  expect(await world.drive(orderId, { deaths: 0 })).toBe('succeeded');
  await world.ask(attemptId);
  expect(
    await one(
      `SELECT x.attempt_id, EXISTS (SELECT 1 FROM card_stock s WHERE s.card_id = x.card_id) AS is_in_stock FROM surplus_cards x
       WHERE x.attempt_id = $1`,
      [attemptId],
    ),
  ).toEqual({ attempt_id: attemptId, is_in_stock: true });
}, 60_000);
