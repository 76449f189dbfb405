import { DAY_MS, HOUR_MS, SECOND_MS } from '#domain';
import {
  acknowledgeEscalation,
  advanceComplaint,
  assignComplaint,
  customerWrites,
  dueComplaints,
  staffWrites,
} from '#domain/stores';
import { ComplaintWorld, minutes, nothing, STAFF, T0 } from '../support/complaint-world.js';

let world: ComplaintWorld;
beforeAll(async () => {
  world = await ComplaintWorld.open();
});
afterAll(() => world?.close());

describe('a complaint that nobody answers', () => {
  it('climbs the whole ladder, each step once, and is broken at the time it was due', async () => {
    const { complaintId } = await world.complain();
    await world.live(complaintId, minutes(100));
    expect((await world.steps(complaintId)).filter((step) => step[0] === 'ack')).toEqual([
      ['ack', 0, 'unassigned', 10],
      ['ack', 50, 'time', 30],
      ['ack', 75, 'time', 45],
      ['ack', 90, 'time', 54],
      ['ack', 100, 'time', 60],
      ['ack', 150, 'unacknowledged', 75],
    ]);
    expect(await world.breaches(complaintId)).toEqual([
      {
        kind: 'ack',
        breached_at: new Date(minutes(60)),
        detected_at: new Date(minutes(60) + 1),
        overshoot_seconds: null,
        annulled_at: null,
      },
    ]);
    await advanceComplaint(world.pool, { complaintId, nowMs: minutes(100) });
    expect(await world.steps(complaintId)).toHaveLength(6);
    expect(await world.breaches(complaintId)).toHaveLength(1);
  });

  it('waits for its time where each step is acknowledged', async () => {
    const { complaintId } = await world.complain();
    await world.answer(complaintId, minutes(5));
    await assignComplaint(
      world.pool,
      { complaintId, assignee: STAFF, staffEmail: STAFF, nowMs: minutes(5) },
      nothing,
    );
    await world.live(complaintId, minutes(720));
    const [first] = await world.rows('SELECT id FROM sla_escalations WHERE complaint_id = $1', [
      complaintId,
    ]);
    await acknowledgeEscalation(
      world.pool,
      { escalationId: String(first?.['id']), staffEmail: STAFF, nowMs: minutes(725) },
      nothing,
    );
    await world.live(complaintId, minutes(1_080));
    expect(await world.steps(complaintId)).toEqual([
      ['resolve', 50, 'time', 720],
      ['resolve', 75, 'time', 1_080],
    ]);
    await expect(
      acknowledgeEscalation(
        world.pool,
        { escalationId: String(first?.['id']), staffEmail: STAFF, nowMs: minutes(1_081) },
        nothing,
      ),
    ).rejects.toMatchObject({ code: 'escalation.not-found' });
  });
});

describe('after an outage of three hours', () => {
  it('a breach stands at its due time and the steps that were missed are told at once', async () => {
    const { complaintId } = await world.complain();
    const nowMs = minutes(60 + 180);
    expect(await dueComplaints(world.pool, nowMs, 100)).toContain(complaintId);
    await advanceComplaint(world.pool, { complaintId, nowMs });
    expect(await world.breaches(complaintId)).toMatchObject([
      { kind: 'ack', breached_at: new Date(minutes(60)), detected_at: new Date(nowMs) },
    ]);
    expect(await world.steps(complaintId)).toHaveLength(6);
  });
});

describe('a promise', () => {
  it('that is kept a second late, between two looks, is broken', async () => {
    const { complaintId } = await world.complain();
    await world.answer(complaintId, minutes(60) + SECOND_MS);
    expect(await world.breaches(complaintId)).toMatchObject([
      { kind: 'ack', breached_at: new Date(minutes(60)), overshoot_seconds: 1 },
    ]);
    expect(await world.complaint(complaintId)).toMatchObject({
      is_breached: true,
      status: 'handling',
    });
  });

  it('that was kept in time, but heard of after the look, is a breach that is annulled and stays', async () => {
    const { complaintId } = await world.complain();
    await advanceComplaint(world.pool, { complaintId, nowMs: minutes(61) });
    await world.answer(complaintId, minutes(59));
    expect(await world.breaches(complaintId)).toMatchObject([
      { annulled_at: new Date(minutes(59)) },
    ]);
    expect(await world.complaint(complaintId)).toMatchObject({ is_breached: false });
    await expect(world.pool.query('DELETE FROM sla_breaches')).rejects.toThrow('append-only');
    await expect(world.pool.query('UPDATE complaint_events SET at = now()')).rejects.toThrow(
      'append-only',
    );
  });
});

describe('a question', () => {
  it('stops the clock until the time of the answer, whenever that is heard of', async () => {
    const { complaintId } = await world.complain();
    await staffWrites(
      world.pool,
      {
        complaintId,
        type: 'staff-question',
        text: '请提供充值账号',
        staffEmail: STAFF,
        nowMs: minutes(30),
      },
      nothing,
    );
    expect(await world.complaint(complaintId)).toMatchObject({
      status: 'waiting-customer',
      due_kind: 'resolve',
      due_at: new Date(T0 + DAY_MS + 72 * HOUR_MS),
    });
    await customerWrites(world.pool, {
      complaintId,
      act: 'message',
      text: '13800000000',
      sentMs: minutes(90),
      nowMs: minutes(600),
    });
    expect(await world.complaint(complaintId)).toMatchObject({
      status: 'handling',
      due_at: new Date(T0 + DAY_MS + HOUR_MS),
    });
  });
});
