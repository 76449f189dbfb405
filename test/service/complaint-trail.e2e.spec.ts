import { DAY_MS, HOUR_MS } from '#domain';
import {
  advanceComplaint,
  changeSeverity,
  customerWrites,
  moveComplaint,
  offerSolution,
} from '#domain/stores';
import { ComplaintWorld, minutes, nothing, STAFF, T0 } from '../support/complaint-world.js';

let world: ComplaintWorld;
beforeAll(async () => {
  world = await ComplaintWorld.open();
});
afterAll(() => world?.close());

describe('a solution', () => {
  const offered = async (): Promise<string> => {
    const { complaintId } = await world.complain();
    await offerSolution(
      world.pool,
      {
        complaintId,
        resolutionCode: 'explained',
        text: '已核实到账，请查收',
        staffEmail: STAFF,
        nowMs: minutes(30),
      },
      nothing,
    );
    return complaintId;
  };

  it('counts after consent, or after 48 hours of silence at that very instant', async () => {
    const agreed = await offered();
    await customerWrites(world.pool, {
      complaintId: agreed,
      act: 'confirm',
      text: '',
      sentMs: minutes(40),
      nowMs: minutes(40),
    });
    expect(await world.complaint(agreed)).toMatchObject({
      status: 'solved',
      resolution_code: 'explained',
      ended_at: new Date(minutes(40)),
      due_at: null,
      next_at: null,
    });
    const silent = await offered();
    await advanceComplaint(world.pool, { complaintId: silent, nowMs: minutes(30) + 60 * HOUR_MS });
    expect(await world.complaint(silent)).toMatchObject({
      status: 'solved',
      is_breached: false,
      ended_at: new Date(minutes(30) + 48 * HOUR_MS),
    });
  });

  it('that is refused within a week begins a second cycle; after it a linked complaint', async () => {
    const id = await offered();
    const confirm = { complaintId: id, act: 'confirm', text: '' } as const;
    await customerWrites(world.pool, { ...confirm, sentMs: minutes(40), nowMs: minutes(40) });
    const say = { complaintId: id, act: 'message', text: '又不行了' } as const;
    await customerWrites(world.pool, { ...say, sentMs: minutes(50), nowMs: minutes(50) });
    expect(await world.complaint(id)).toMatchObject({
      status: 'received',
      cycle_no: 2,
      due_at: new Date(minutes(110)),
    });
    await customerWrites(world.pool, {
      complaintId: id,
      act: 'withdraw',
      text: '',
      sentMs: minutes(60),
      nowMs: minutes(60),
    });
    const late = minutes(60) + 8 * DAY_MS;
    const linked = await customerWrites(world.pool, { ...say, sentMs: late, nowMs: late });
    expect(linked.complaintId).not.toBe(id);
    expect(await world.complaint(linked.complaintId)).toMatchObject({
      parent_id: id,
      source: 'linked',
      received_at: new Date(late),
    });
    expect(
      await world.rows('SELECT outcome FROM complaint_cycles WHERE complaint_id = $1', [id]),
    ).toEqual([{ outcome: 'met' }, { outcome: 'met' }]);
  });

  it('cannot be agreed to before it is offered, and an ended complaint is only opened again', async () => {
    const { complaintId } = await world.complain();
    const confirm = { complaintId, act: 'confirm', text: '', sentMs: T0, nowMs: T0 } as const;
    await expect(customerWrites(world.pool, confirm)).rejects.toMatchObject({
      code: 'complaint.nothing-offered',
    });
    const withdraw = { complaintId, act: 'withdraw', text: '' } as const;
    await customerWrites(world.pool, { ...withdraw, sentMs: minutes(1), nowMs: minutes(1) });
    await expect(world.answer(complaintId, minutes(2))).rejects.toMatchObject({
      code: 'complaint.ended',
    });
    const again = { complaintId, move: 'reopened', reason: '来电', staffEmail: STAFF } as const;
    await moveComplaint(world.pool, { ...again, nowMs: minutes(3) }, nothing);
    expect(await world.complaint(complaintId)).toMatchObject({ status: 'received', cycle_no: 2 });
  });
});

describe('the severity', () => {
  it('is lowered by a lead only, and raised by anybody, counted from the beginning', async () => {
    const { complaintId } = await world.complain();
    const change = { complaintId, reason: '大面积', staffEmail: STAFF, isLead: false } as const;
    await changeSeverity(world.pool, { ...change, severity: 'P0', nowMs: minutes(5) }, nothing);
    expect(await world.complaint(complaintId)).toMatchObject({
      severity: 'P0',
      due_at: new Date(minutes(15)),
    });
    await expect(
      changeSeverity(world.pool, { ...change, severity: 'P2', nowMs: minutes(6) }, nothing),
    ).rejects.toMatchObject({ code: 'complaint.needs-lead' });
  });
});

describe('the number of a platform', () => {
  it('is the same complaint again with the same content, and refused with other content', async () => {
    const [platform] = await world.rows(
      `INSERT INTO platforms (code, name) VALUES ('pf', 'pf') RETURNING id`,
      [],
    );
    const same = {
      platformId: String(platform?.['id']),
      merchantComplaintNo: 'K1',
      fingerprint: 'a'.repeat(64),
    };
    const [first, second] = await Promise.all([world.complain(same), world.complain(same)]);
    expect(first.complaintId).toBe(second.complaintId);
    expect([first, second].filter(({ isNew }) => isNew)).toHaveLength(1);
    await expect(world.complain({ ...same, fingerprint: 'b'.repeat(64) })).rejects.toMatchObject({
      code: 'complaint.number-reused',
    });
  });
});

describe('a picture', () => {
  it('is kept with its hash when its bytes are a picture, and refused otherwise', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
    const { complaintId } = await world.complain({ images: [png] });
    expect(
      await world.rows(
        'SELECT media_type, byte_count FROM complaint_images WHERE complaint_id = $1',
        [complaintId],
      ),
    ).toEqual([{ media_type: 'image/png', byte_count: 10 }]);
    await expect(
      world.complain({ images: [Buffer.from('<svg onload=alert(1)>')] }),
    ).rejects.toMatchObject({
      code: 'complaint.image-invalid',
    });
  });
});
