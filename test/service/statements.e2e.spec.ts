import type pg from 'pg';
import { inTransaction, openSqlPool } from '#domain/database';
import { activateAgreement, closeStatement, draftNextAgreement, duePeriods } from '#domain/stores';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { SettlementWorld, shanghai, YUAN_HAO } from '../support/settlement-world.js';

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

describe('closing a period', () => {
  it('tells what the balance did, and continues where the statement before it ended', async () => {
    const { id, code } = await world.aPlatform();
    await world.book(id, 'platform-top-up', 100, '2026-08-20T10:00:00');
    await world.book(id, 'order-charge', -250.1234, '2026-09-05T10:00:00');
    await world.book(id, 'order-refund', 50, '2026-09-30T23:59:59.999');
    await world.book(id, 'compensation', 3, '2026-10-01T00:00:00');
    await world.book(id, 'platform-fee', -1, '2026-10-02T00:00:00');
    await world.book(id, 'manual', 7, '2026-10-03T00:00:00');
    const stands = await world.closeAll('2026-11-01T00:05:01', code);
    expect(stands.map(({ statementNo }) => statementNo)).toEqual([
      `ST-${code}-2026-09`,
      `ST-${code}-2026-10`,
    ]);
    const september = await world.row(stands[0]?.id ?? '');
    expect(september).toMatchObject({
      opening_hao: 1_000_000,
      orders_hao: -2_501_234,
      refunds_hao: 500_000,
      closing_hao: -1_001_234,
      line_count: 2,
      due_hao: 1_001_234,
      due_on: '2026-10-15',
      status: 'overdue',
    });
    expect(await world.row(stands[1]?.id ?? '')).toMatchObject({
      opening_hao: -1_001_234,
      compensation_hao: 30_000,
      fees_hao: -10_000,
      others_hao: 70_000,
      closing_hao: -911_234,
      // What September has asked for already is not asked for twice.
      due_hao: 0,
      status: 'paid',
    });
  });

  it('waits until what was begun before the end is over', async () => {
    const { code } = await world.aPlatform({ cycle: 'day', validFrom: '2026-11-20' });
    const due = async (now: string) =>
      (await duePeriods(pool, shanghai(now))).filter((one) => one.platformCode === code);
    expect(await due('2026-11-21T00:04:59')).toEqual([]);
    expect(await due('2026-11-21T00:05:00')).toEqual([
      { platformCode: code, periodKey: '2026-11-20' },
    ]);
  });

  it('is done once, however often and however simultaneously it is asked for', async () => {
    const { id, code } = await world.aPlatform({ cycle: 'day', validFrom: '2026-11-20' });
    await world.book(id, 'order-charge', -5, '2026-11-20T10:00:00');
    await world.book(id, 'order-charge', -6, '2026-11-22T10:00:00');
    const nowMs = shanghai('2026-11-23T01:00:00');
    const close = (periodKey: string) =>
      closeStatement(pool, { platformCode: code, periodKey, nowMs });
    const stands = await Promise.all(
      ['2026-11-22', '2026-11-21', '2026-11-22', '2026-11-20', '2026-11-22'].map(close),
    );
    expect(new Set(stands.map((stand) => stand?.id)).size).toBe(3);
    const { rows } = await pool.query(
      `SELECT period_key, closing_hao::int AS closing, line_count AS lines FROM statements WHERE platform_id = $1 ORDER BY period_key`,
      [id],
    );
    expect(rows).toEqual([
      { period_key: '2026-11-20', closing: -50_000, lines: 1 },
      { period_key: '2026-11-21', closing: -50_000, lines: 0 },
      { period_key: '2026-11-22', closing: -110_000, lines: 1 },
    ]);
    expect(await close('2026-11-23')).toBeUndefined();
  });

  it('takes what was booked late onto the next statement, so that nothing falls between two', async () => {
    const { id, code } = await world.aPlatform({ cycle: 'day', validFrom: '2026-11-20' });
    await world.book(id, 'order-charge', -5, '2026-11-20T10:00:00');
    await world.closeAll('2026-11-21T01:00:00', code);
    await world.book(id, 'order-charge', -9, '2026-11-20T23:59:59');
    await world.closeAll('2026-11-22T01:00:00', code);
    const { rows } = await pool.query(
      `SELECT statement_no, closing_hao::int AS closing FROM statements WHERE platform_id = $1 ORDER BY period_key`,
      [id],
    );
    expect(rows).toEqual([
      { statement_no: `ST-${code}-2026-11-20`, closing: -50_000 },
      { statement_no: `ST-${code}-2026-11-21`, closing: -140_000 },
    ]);
    expect(await world.balanceOf(id)).toBe(-140_000);
  });

  it('honours the cut-off of the agreement', async () => {
    const { id, code } = await world.aPlatform({
      cycle: 'day',
      validFrom: '2026-11-20',
      cutOffMinutes: 1_080,
    });
    await world.book(id, 'order-charge', -1, '2026-11-20T17:59:59');
    await world.book(id, 'order-charge', -2, '2026-11-20T18:00:00');
    const [stand] = await world.closeAll('2026-11-20T18:06:00', code);
    expect(stand?.statementNo).toBe(`ST-${code}-2026-11-20`);
    expect(await world.row(stand?.id ?? '')).toMatchObject({ closing_hao: -10_000, line_count: 1 });
  });

  it('asks for the goods of the period where that is agreed, and leaves a draft where people issue', async () => {
    const { id, code } = await world.aPlatform({
      dueMethod: 'delivered-value',
      issuesItself: false,
      validFrom: '2026-10-01',
    });
    await world.book(id, 'platform-top-up', 5_000, '2026-10-02T10:00:00');
    await world.book(id, 'order-charge', -900, '2026-10-05T10:00:00');
    const [stand] = await world.closeAll('2026-11-01T01:00:00', code);
    expect(stand).toMatchObject({
      status: 'draft',
      outstandingHao: 900 * YUAN_HAO,
      nextAtMs: null,
    });
  });
});

describe('an agreement', () => {
  it('is followed by a new version that a second person approved, from a period’s first day on', async () => {
    const { id, code } = await world.aPlatform({ validFrom: '2026-10-01' });
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM settlement_agreements WHERE platform_id = $1',
      [id],
    );
    const nowMs = shanghai('2026-11-10T10:00:00');
    const draftId = await inTransaction(pool, (client) =>
      draftNextAgreement(client, { agreementId: rows[0]?.id ?? '', actor: 'maker', nowMs }),
    );
    const activate = (approvedBy: string, version = 1) =>
      inTransaction(pool, (client) =>
        activateAgreement(client, {
          agreementId: draftId,
          version,
          askedBy: 'maker',
          approvedBy,
          nowMs,
        }),
      );
    await expect(activate('checker', 7)).rejects.toThrow('agreement.not-open');
    await expect(activate('MAKER')).rejects.toThrow('four_eyes');
    await pool.query(`UPDATE settlement_agreements SET valid_from = '2026-12-10' WHERE id = $1`, [
      draftId,
    ]);
    await expect(activate('checker')).rejects.toThrow('agreement.mid-period');
    await pool.query(
      `UPDATE settlement_agreements SET valid_from = '2026-12-01', cycle = 'half-month' WHERE id = $1`,
      [draftId],
    );
    await activate('checker');
    const versions = await pool.query(
      `SELECT version_no AS no, status, valid_from::text, valid_to::text FROM settlement_agreements WHERE platform_id = $1 ORDER BY 1`,
      [id],
    );
    expect(versions.rows).toEqual([
      { no: 1, status: 'ended', valid_from: '2026-10-01', valid_to: '2026-11-30' },
      { no: 2, status: 'active', valid_from: '2026-12-01', valid_to: null },
    ]);
    const closed = await world.closeAll('2026-12-16T01:00:00', code);
    expect(closed.map(({ statementNo }) => statementNo)).toEqual(
      ['2026-10', '2026-11', '2026-12-H1'].map((key) => `ST-${code}-${key}`),
    );
  });
});

it('leaves the books in order', async () => {
  expect(await world.findings()).toEqual([]);
});
