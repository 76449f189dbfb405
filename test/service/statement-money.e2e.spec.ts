import type pg from 'pg';
import { inTransaction, openSqlPool } from '#domain/database';
import { noteArrival, openDispute, resolveDispute, writeOffStatement } from '#domain/stores';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import {
  SettlementWorld,
  DAY_OF_PAYMENT,
  shanghai,
  YUAN_HAO,
} from '../support/settlement-world.js';

let database: TestDatabase;
let pool: pg.Pool;
let world: SettlementWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 8, 'test');
  world = new SettlementWorld(pool);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

describe('paying', () => {
  it('in parts raises the balance by what came in and settles the statement in the end', async () => {
    const { platform, statementId } = await world.aDebtor();
    expect(await world.pay(statementId, 300, 'P-1')).toMatchObject({
      status: 'part-paid',
      isNew: true,
    });
    expect(await world.pay(statementId, 300, 'P-1')).toMatchObject({ isNew: false });
    expect(await world.balanceOf(platform.id)).toBe(-400 * YUAN_HAO);
    expect(await world.pay(statementId, 400, 'P-2')).toMatchObject({
      status: 'paid',
      outstandingHao: 0,
    });
    expect(await world.balanceOf(platform.id)).toBe(0);
    await expect(world.pay(statementId, 1, 'P-3')).rejects.toThrow('statement.not-open');
  });

  it('refuses more than is open and a bank reference that belongs to another payment', async () => {
    const { statementId } = await world.aDebtor();
    await world.pay(statementId, 10, 'Q-1');
    await expect(world.pay(statementId, 11, 'Q-1')).rejects.toThrow('statement.reference-used');
    await expect(world.pay(statementId, 691, 'Q-2')).rejects.toThrow('statement.overpaid');
    const other = await world.aDebtor();
    await expect(world.pay(other.statementId, 10, 'Q-1')).rejects.toThrow(
      'statement.reference-used',
    );
  });

  it('takes the last yuan once, however many try at once', async () => {
    const { platform, statementId } = await world.aDebtor();
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, (_, at) => world.pay(statementId, 700, `R-${at}`)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.balanceOf(platform.id)).toBe(0);
  });

  it('on its way arrives at the bank later', async () => {
    const { statementId } = await world.aDebtor();
    await world.pay(statementId, 700, 'S-1', 'in-transit');
    const found = await pool.query<{ id: string }>(
      `SELECT id FROM statement_payments WHERE bank_reference = 'S-1'`,
    );
    const arrive = () =>
      inTransaction(pool, (client) =>
        noteArrival(client, {
          paymentId: found.rows[0]?.id ?? '',
          actor: 'finance',
          nowMs: shanghai(DAY_OF_PAYMENT),
        }),
      );
    await arrive();
    await expect(arrive()).rejects.toThrow('statement.not-open');
    const { rows } = await pool.query(
      `SELECT coalesce(sum(p.amount_hao), 0)::int AS left FROM ledger_postings p JOIN ledger_accounts a ON a.id = p.account_id
       WHERE a.code = 'settlement-in-transit'`,
    );
    expect(rows).toEqual([{ left: 0 }]);
  });

  it('from the balance only where the debt behind it was paid in', async () => {
    const { platform, statementId } = await world.aDebtor();
    await expect(world.pay(statementId, 700, 'T-1', 'balance')).rejects.toThrow('balance-too-low');
    await world.book(platform.id, 'platform-top-up', 1_000, DAY_OF_PAYMENT);
    expect(await world.pay(statementId, 700, 'T-1', 'balance')).toMatchObject({ status: 'paid' });
    expect(await world.balanceOf(platform.id)).toBe(300 * YUAN_HAO);
  });
});

describe('a dispute', () => {
  const open = (statementId: string, yuan: number) =>
    inTransaction(pool, (client) =>
      openDispute(client, {
        statementId,
        amountHao: yuan * YUAN_HAO,
        orderNo: null,
        reason: 'wrong price',
        actor: 'finance',
        nowMs: shanghai(DAY_OF_PAYMENT),
      }),
    );
  const resolve = (disputeId: string, yuan: number) =>
    inTransaction(pool, (client) =>
      resolveDispute(client, {
        disputeId,
        concededHao: yuan * YUAN_HAO,
        resolution: 'agreed',
        actor: 'finance',
        nowMs: shanghai(DAY_OF_PAYMENT),
      }),
    );

  it('holds its amount back and credits what we give in', async () => {
    const { platform, statementId } = await world.aDebtor();
    const { disputeId, status } = await open(statementId, 100);
    expect(status).toBe('disputed');
    await expect(open(statementId, 601)).rejects.toThrow('statement.over-disputed');
    expect(await world.advance(statementId, '2026-11-12T00:00:00')).toMatchObject({
      status: 'overdue',
    });
    expect(await resolve(disputeId, 40)).toMatchObject({ outstandingHao: 660 * YUAN_HAO });
    await expect(resolve(disputeId, 40)).rejects.toThrow('statement.not-open');
    expect(await world.balanceOf(platform.id)).toBe(-660 * YUAN_HAO);
    expect(await world.pay(statementId, 660, 'V-1')).toMatchObject({ status: 'paid' });
  });

  it('over all of it keeps the statement from being late', async () => {
    const { statementId } = await world.aDebtor();
    const { disputeId } = await open(statementId, 700);
    expect(await world.advance(statementId, '2026-11-20T10:00:00')).toMatchObject({
      status: 'disputed',
    });
    expect(await world.eventsOf(statementId)).not.toContain('reminder 1');
    expect(await resolve(disputeId, 700)).toMatchObject({ status: 'paid' });
  });
});

describe('writing off', () => {
  it('books a bad debt of exactly what was decided, once', async () => {
    const { platform, statementId } = await world.aDebtor();
    const writeOff = (yuan: number) =>
      inTransaction(pool, (client) =>
        writeOffStatement(client, {
          statementId,
          amountHao: yuan * YUAN_HAO,
          reason: 'gone',
          actor: 'owner',
          nowMs: shanghai(DAY_OF_PAYMENT),
        }),
      );
    await world.pay(statementId, 100, 'W-1');
    await expect(writeOff(700)).rejects.toThrow('statement.changed');
    expect(await writeOff(600)).toMatchObject({ status: 'written-off', outstandingHao: 0 });
    await expect(writeOff(600)).rejects.toThrow('statement.not-open');
    expect(await world.balanceOf(platform.id)).toBe(0);
  });
});

it('leaves the books in order', async () => {
  expect(await world.findings()).toEqual([]);
});
