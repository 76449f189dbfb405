import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { importDaysOff, updateAlerts } from '#domain/stores';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { SettlementWorld, shanghai } from '../support/settlement-world.js';

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

describe('time', () => {
  it('takes silence for consent, makes it late, and reminds step by step, once each', async () => {
    const { statementId, statementNo } = await world.aDebtor();
    expect(await world.row(statementId)).toMatchObject({ due_on: '2026-11-10', status: 'issued' });
    expect(await world.advance(statementId, '2026-11-03T00:59:59')).toMatchObject({
      status: 'issued',
    });
    expect(await world.advance(statementId, '2026-11-04T01:00:00')).toMatchObject({
      status: 'confirmed',
    });
    expect(await world.advance(statementId, '2026-11-10T23:59:59')).toMatchObject({
      status: 'confirmed',
    });
    expect(await world.advance(statementId, '2026-11-11T00:00:00')).toMatchObject({
      status: 'overdue',
      nextAtMs: shanghai('2026-11-11T09:00:00'),
    });
    await Promise.all([1, 2, 3].map(() => world.advance(statementId, '2026-11-11T09:00:00')));
    await world.advance(statementId, '2026-11-18T09:00:00');
    expect(await world.eventsOf(statementId)).toEqual([
      'drafted',
      'issued',
      'confirmed',
      'overdue',
      'reminder 1',
      'reminder 3',
      'reminder 7',
    ]);
    await updateAlerts(pool, shanghai('2026-11-18T09:01:00'));
    const raised = await pool.query(
      `SELECT subject, value FROM alerts WHERE subject LIKE $1 AND closed_at IS NULL ORDER BY subject`,
      [`${statementNo}%`],
    );
    expect(raised.rows).toEqual([
      { subject: `${statementNo} +1`, value: '700.00' },
      { subject: `${statementNo} +7`, value: '700.00' },
    ]);
    await world.pay(statementId, 700, 'U-1');
    await updateAlerts(pool, shanghai('2026-11-18T10:00:00'));
    const open = await pool.query(
      `SELECT 1 FROM alerts WHERE subject LIKE $1 AND closed_at IS NULL`,
      [`${statementNo}%`],
    );
    expect(open.rowCount).toBe(0);
  });

  it('moves due days when the calendar changes, keeps old and new, and nothing is late on a guess', async () => {
    const { id, code } = await world.aPlatform({
      cycle: 'day',
      validFrom: '2026-12-31',
      calendarId: 'own:x',
    });
    await importDaysOff(pool, {
      file: {
        year: 2026,
        papers: [],
        days: [{ name: '年终', date: '2026-12-31', isOffDay: true }],
      },
      calendarIds: ['own:x'],
      actor: 'test',
      nowMs: 0,
    });
    await world.book(id, 'order-charge', -5, '2026-12-31T10:00:00');
    const [stand] = await world.closeAll('2027-01-01T01:00:00', code);
    const statementId = stand?.id ?? '';
    const guessed = await world.row(statementId);
    expect(guessed).toMatchObject({ due_on: '2027-01-12', is_due_estimated: true });
    const latest = String(guessed['latest_due_on']);
    expect(latest > '2027-01-12').toBe(true);
    expect(await world.advance(statementId, `${latest}T23:00:00`)).toMatchObject({
      status: 'confirmed',
    });
    await updateAlerts(pool, shanghai('2027-01-02T00:00:00'));
    expect(
      (
        await pool.query(
          `SELECT 1 FROM alerts WHERE kind = 'calendar-ends' AND subject = 'own:x' AND closed_at IS NULL`,
        )
      ).rowCount,
    ).toBe(1);
    await importDaysOff(pool, {
      file: {
        year: 2027,
        papers: [],
        days: [
          { name: '元旦', date: '2027-01-01', isOffDay: true },
          { name: '店庆', date: '2027-01-04', isOffDay: true },
        ],
      },
      calendarIds: ['own:x'],
      actor: 'test',
      nowMs: shanghai('2027-01-02T00:00:00'),
    });
    expect(await world.row(statementId)).toMatchObject({
      due_on: '2027-01-13',
      is_due_estimated: false,
      latest_due_on: '2027-01-13',
    });
    const { rows } = await pool.query(
      `SELECT detail FROM statement_events WHERE statement_id = $1 AND type = 'due-changed'`,
      [statementId],
    );
    expect(rows).toEqual([
      { detail: { from: '2027-01-12', to: '2027-01-13', isEstimated: false } },
    ]);
  });
});
