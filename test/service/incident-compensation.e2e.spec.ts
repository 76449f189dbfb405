import {
  giveIncidentBatch,
  startIncidentCompensation,
  stopIncidentCompensation,
} from '#domain/stores';
import { CompensationWorld } from '../support/compensation-world.js';
import { Died, dyingPool } from '../support/dying-pool.js';
import { driveIncident, Incidents, manyOrders } from '../support/incidents.js';

let world: CompensationWorld;
let incidents: Incidents;
beforeAll(async () => {
  world = await CompensationWorld.open();
  incidents = new Incidents(world);
});
afterAll(() => world?.close());

const FEW = { remedy: 'credit', days: 0, dayCostHao: 0, percent: 0, fixedHao: 50_000 } as const;

describe('the compensation of an incident', () => {
  it('gives service days with their cost booked, and the doctor agrees', async () => {
    const trade = await world.aTrade(4);
    const order = await world.anOrder(trade, 2);
    await world.anOrder(trade, 1);
    const { id } = await incidents.declared();
    const terms = {
      ...FEW,
      remedy: 'service-days',
      fixedHao: 0,
      days: 30,
      dayCostHao: 1_000,
    } as const;
    const compensationId = await incidents.compensate(id, trade, terms);
    expect(await driveIncident(world.pool, compensationId)).toBe('done');
    expect(
      await world.one(
        'SELECT days, quantity, cost_hao FROM service_entitlements WHERE order_id = $1',
        [order.orderId],
      ),
    ).toEqual({ days: 30, quantity: 2, cost_hao: '60000' });
    expect(
      await world.one('SELECT given_count, given_hao FROM incident_compensations WHERE id = $1', [
        compensationId,
      ]),
    ).toEqual({ given_count: 2, given_hao: '90000' });
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('gives a share of what was paid to the balance, never more than is left', async () => {
    const trade = await world.aTrade(4);
    const order = await world.anOrder(trade, 2);
    await world.ask(order.orderId, { remedy: 'refund', amountHao: 1_900_000, unitNos: [0] });
    const before = await world.balanceOf(trade);
    const { id } = await incidents.declared();
    const terms = { ...FEW, fixedHao: 0, percent: 50 };
    const compensationId = await incidents.compensate(id, trade, terms);
    expect(await driveIncident(world.pool, compensationId)).toBe('done');
    expect(await world.balanceOf(trade)).toBe(before + 70_000);
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('compensates an order once for an incident, and again for another incident', async () => {
    const trade = await world.aTrade(2);
    await world.anOrder(trade, 1);
    const before = await world.balanceOf(trade);
    const { id } = await incidents.declared();
    await driveIncident(world.pool, await incidents.compensate(id, trade, FEW));
    await expect(incidents.compensate(id, trade, FEW)).rejects.toMatchObject({
      code: 'incident.nothing-affected',
    });
    const other = await incidents.declared();
    await driveIncident(world.pool, await incidents.compensate(other.id, trade, FEW));
    expect(await world.balanceOf(trade)).toBe(before + 100_000);
    expect(await world.doctorFinds()).toEqual([]);
  });

  it('is refused where it would cost more than was decided on', async () => {
    const trade = await world.aTrade(2);
    await world.anOrder(trade, 1);
    const { id } = await incidents.declared();
    const filter = await incidents.filterOf(trade);
    const start = {
      incidentId: id,
      key: 'too dear',
      filter,
      terms: FEW,
      plannedHao: 49_999,
      reason: 'test',
      askedBy: 'x',
      approvedBy: null,
      nowMs: Date.now(),
    };
    await expect(
      incidents.within((client) => startIncidentCompensation(client, start)),
    ).rejects.toMatchObject({ code: 'incident.preview-changed' });
  });

  it('stops when it is told to: what was given stays, the rest gets nothing', async () => {
    const trade = await world.aTrade(0);
    await manyOrders(world.pool, trade, 250);
    const { id } = await incidents.declared();
    const compensationId = await incidents.compensate(id, trade, FEW);
    await giveIncidentBatch(world.pool, { compensationId, nowMs: Date.now() });
    await incidents.within((client) =>
      stopIncidentCompensation(client, { compensationId, nowMs: Date.now() }),
    );
    expect(await driveIncident(world.pool, compensationId)).toBe('stopped');
    expect(
      await world.one(
        'SELECT given_count, skipped_count FROM incident_compensations WHERE id = $1',
        [compensationId],
      ),
    ).toEqual({ given_count: 100, skipped_count: 150 });
  });

  it.each(Array.from({ length: 16 }, (_, index) => index + 1))(
    'gives each order its due once when the worker dies at statement %i of a batch',
    async (dies) => {
      const trade = await world.aTrade(0);
      await manyOrders(world.pool, trade, 3);
      const before = await world.balanceOf(trade);
      const { id } = await incidents.declared();
      const compensationId = await incidents.compensate(id, trade, FEW);
      await expect(driveIncident(dyingPool(world.pool, dies), compensationId)).rejects.toThrow(
        Died,
      );
      expect(await driveIncident(world.pool, compensationId)).toBe('done');
      expect(await world.balanceOf(trade)).toBe(before + 150_000);
    },
  );

  it('compensates each of 5,000 orders exactly once although its worker is killed twice midway and two work at it', async () => {
    const trade = await world.aTrade(0);
    await manyOrders(world.pool, trade, 5_000);
    const before = await world.balanceOf(trade);
    const { id } = await incidents.declared();
    const compensationId = await incidents.compensate(id, trade, FEW);
    await expect(driveIncident(dyingPool(world.pool, 200), compensationId)).rejects.toThrow(Died);
    const given = () =>
      world.one('SELECT given_count AS count FROM incident_compensations WHERE id = $1', [
        compensationId,
      ]);
    const first = Number((await given())['count']);
    expect(first).toBeGreaterThan(0);
    await expect(driveIncident(dyingPool(world.pool, 300), compensationId)).rejects.toThrow(Died);
    const second = Number((await given())['count']);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(5_000);
    const ends = await Promise.all([
      driveIncident(world.pool, compensationId),
      driveIncident(world.pool, compensationId),
    ]);
    expect(ends).toEqual(['done', 'done']);
    expect(
      await world.one(
        `SELECT count(*)::int AS count, count(DISTINCT order_id)::int AS orders, sum(amount_hao)::float8 AS hao
         FROM compensations WHERE incident_compensation_id = $1`,
        [compensationId],
      ),
    ).toEqual({ count: 5_000, orders: 5_000, hao: 250_000_000 });
    expect(
      await world.one(
        `SELECT count(*)::int AS count FROM ledger_entries e JOIN compensations c ON e.idempotency_key = 'compensation:' || c.id
         WHERE c.incident_compensation_id = $1`,
        [compensationId],
      ),
    ).toEqual({ count: 5_000 });
    expect(await world.balanceOf(trade)).toBe(before + 250_000_000);
    expect(await given()).toEqual({ count: 5_000 });
    const found = await world.doctorFinds();
    expect(found.filter((one) => /incident|compensation|ledger|entry|balance/.test(one))).toEqual(
      [],
    );
  }, 120_000);
});
