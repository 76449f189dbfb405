import { DAY_MS } from '#domain';
import { openSqlPool } from '#domain/database';
import { readMoneyDue, updateAlerts } from '#domain/stores';
import { judge, resolveAll } from '../../tools/sample-month/judge.js';
import { RECONCILED_AT_MS, reconcileMonth } from '../../tools/sample-month/month.js';
import { LargeWorld } from '../support/large-orders.js';
import { openAlertKinds } from '../support/open-alerts.js';
import { createTestDatabase } from '../support/postgres.js';

describe('a large order that waits for money', () => {
  it('is money due, and one alert from the moment it is late until it is paid', async () => {
    const world = await LargeWorld.open();
    try {
      const { story } = await world.aStory();
      const { orderNo } = await story.view();
      await story.pay(1_000);
      await updateAlerts(world.pool, story.nowMs);
      expect(await openAlertKinds(world.pool)).toEqual([]);
      const [before] = (await readMoneyDue(world.pool, story.nowMs)).payments;
      expect(before).toMatchObject({ orderNo, stageNo: 0, openHao: 19_550_000, isOverdue: false });

      story.pass((before?.dueAtMs ?? 0) / 1_000 - story.nowMs / 1_000 + 60);
      await story.look();
      for (let round = 0; round < 2; round += 1) await updateAlerts(world.pool, story.nowMs);
      expect(await openAlertKinds(world.pool)).toEqual(['large-order-overdue']);
      const { rows } = await world.pool.query(
        `SELECT subject, value FROM alerts WHERE kind = 'large-order-overdue'`,
      );
      expect(rows).toEqual([{ subject: orderNo, value: '1955.00' }]);

      await story.pay(1_955);
      const paid = await readMoneyDue(world.pool, story.nowMs);
      expect(paid.payments).toMatchObject([{ stageNo: 1, openHao: 27_580_000, isOverdue: false }]);
      await updateAlerts(world.pool, story.nowMs);
      expect(await openAlertKinds(world.pool)).toEqual([]);
      await story.cancel();
      expect((await readMoneyDue(world.pool, story.nowMs)).payments).toEqual([]);
    } finally {
      await world.close();
    }
  });
});

describe('differences that nobody resolves in time', () => {
  it('are one alert for each party, until they are resolved', async () => {
    const database = await createTestDatabase();
    const pool = openSqlPool(database.url, 3, 'test');
    try {
      const { plants } = await reconcileMonth(pool, '3', () => undefined);
      await updateAlerts(pool, RECONCILED_AT_MS);
      expect(await openAlertKinds(pool)).not.toContain('difference-overdue');
      const later = RECONCILED_AT_MS + 3 * DAY_MS;
      for (let round = 0; round < 2; round += 1) await updateAlerts(pool, later);
      const parties = (await readMoneyDue(pool, later)).lateDifferences;
      expect(parties.map(({ partyCode }) => partyCode)).toContain('platform:month-platform');
      expect(
        (await openAlertKinds(pool)).filter((kind) => kind === 'difference-overdue'),
      ).toHaveLength(parties.length);
      await resolveAll(pool, (await judge(pool, plants)).rows);
      await updateAlerts(pool, later);
      expect(await openAlertKinds(pool)).not.toContain('difference-overdue');
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});
