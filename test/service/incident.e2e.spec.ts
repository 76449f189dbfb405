import {
  addIncidentUpdate,
  correctIncidentUpdate,
  setIncidentImpact,
  updateAlerts,
} from '#domain/stores';
import { CompensationWorld } from '../support/compensation-world.js';
import { Incidents } from '../support/incidents.js';

let world: CompensationWorld;
let incidents: Incidents;
beforeAll(async () => {
  world = await CompensationWorld.open();
  incidents = new Incidents(world);
});
afterAll(() => world?.close());

describe('an incident', () => {
  it('is declared once under one key, and once for a component that has an open one', async () => {
    const first = await incidents.declared({ key: 'from a monitor' });
    expect(first.isNew).toBe(true);
    const again = await incidents.declared({ key: 'from a monitor' });
    expect(again).toMatchObject({ isNew: false, incidentNo: first.incidentNo });
    await expect(incidents.declared({ componentId: first.componentId })).rejects.toMatchObject({
      code: 'incident.open-already',
      params: { incidentNo: first.incidentNo },
    });
    const other = await incidents.declared({ componentId: first.componentId, isSeparate: true });
    expect(other.isNew).toBe(true);
  });

  it('moves along its states only, ends its impacts when it is fixed and takes them up again', async () => {
    const { id } = await incidents.declared();
    const tell = (status: 'postmortem' | 'fixed' | 'investigating') =>
      incidents.within((client) =>
        addIncidentUpdate(client, {
          incidentId: id,
          status,
          body: { zh: '内容', en: 'text' },
          actor: 'x',
          nowMs: Date.now(),
        }),
      );
    await expect(tell('postmortem')).rejects.toMatchObject({ code: 'incident.illegal-move' });
    await tell('fixed');
    const open = () =>
      world.one(
        'SELECT count(*)::int AS count FROM incident_impacts WHERE incident_id = $1 AND to_at IS NULL',
        [id],
      );
    expect(await open()).toEqual({ count: 0 });
    await tell('investigating');
    expect(await open()).toEqual({ count: 1 });
    expect(await world.one('SELECT fixed_at FROM incidents WHERE id = $1', [id])).toEqual({
      fixed_at: null,
    });
  });

  it('keeps what was told: a correction stands beside it, and nothing is rewritten', async () => {
    const { id } = await incidents.declared();
    const { id: updateId } = await world.one(
      'SELECT id FROM incident_updates WHERE incident_id = $1',
      [id],
    );
    await incidents.within((client) =>
      correctIncidentUpdate(client, {
        updateId: String(updateId),
        body: { zh: '更正', en: 'better' },
        actor: 'x',
        nowMs: Date.now(),
      }),
    );
    const { rows } = await world.pool.query(
      'SELECT body_en, corrects_id FROM incident_updates WHERE incident_id = $1 ORDER BY id',
      [id],
    );
    expect(rows).toMatchObject([
      { corrects_id: null },
      { body_en: 'better', corrects_id: updateId },
    ]);
    await expect(world.one(`UPDATE incident_updates SET body_en = 'never was'`)).rejects.toThrow(
      'append-only',
    );
    await expect(world.one('DELETE FROM incidents')).rejects.toThrow('append-only');
  });

  it('hits a component otherwise from a moment on, and the same impact twice is refused', async () => {
    const { id, componentId } = await incidents.declared();
    const set = (impact: 'outage' | 'degraded' | null) =>
      incidents.within((client) =>
        setIncidentImpact(client, { incidentId: id, componentId, impact, nowMs: Date.now() }),
      );
    await set('outage');
    await expect(set('outage')).rejects.toMatchObject({ code: 'incident.unchanged' });
    await set(null);
    const { rows } = await world.pool.query(
      'SELECT impact, to_at IS NULL AS goes_on FROM incident_impacts WHERE incident_id = $1 ORDER BY id',
      [id],
    );
    expect(rows).toEqual([
      { impact: 'degraded', goes_on: false },
      { impact: 'outage', goes_on: false },
    ]);
  });

  it('raises an alert when nothing was told for an hour, which ends with the next update', async () => {
    const { id, incidentNo } = await incidents.declared();
    const alerts = () =>
      world.one(
        `SELECT count(*)::int AS count FROM alerts WHERE kind = 'incident-silent' AND subject = $1 AND closed_at IS NULL`,
        [incidentNo],
      );
    await updateAlerts(world.pool, Date.now() + 59 * 60_000);
    expect(await alerts()).toEqual({ count: 0 });
    const later = Date.now() + 61 * 60_000;
    await updateAlerts(world.pool, later);
    expect(await alerts()).toEqual({ count: 1 });
    await incidents.within((client) =>
      addIncidentUpdate(client, {
        incidentId: id,
        status: 'identified',
        body: { zh: '已定位', en: 'found' },
        actor: 'x',
        nowMs: later,
      }),
    );
    await updateAlerts(world.pool, later + 1);
    expect(await alerts()).toEqual({ count: 0 });
  });
});
