import { inTransaction } from '#domain/database';
import {
  activateSlaPolicy,
  answerUpstream,
  copySlaPolicy,
  fileUpstream,
  staffWrites,
} from '#domain/stores';
import { ComplaintWorld, minutes, nothing, STAFF, T0 } from '../support/complaint-world.js';

let world: ComplaintWorld;
beforeAll(async () => {
  world = await ComplaintWorld.open();
});
afterAll(() => world?.close());

const policies = () =>
  world.rows('SELECT id, policy_no, status FROM sla_policy_versions ORDER BY policy_no');
const activate = (policyId: string): Promise<void> =>
  inTransaction(world.pool, (client) => activateSlaPolicy(client, { policyId, staffEmail: STAFF }));

describe('a version of the promises', () => {
  it('counts for complaints that come after it was put in force; open ones keep theirs', async () => {
    const before = await world.complain();
    const [first] = await policies();
    await inTransaction(world.pool, (client) => copySlaPolicy(client, String(first?.['id'])));
    const draft = String((await policies())[1]?.['id']);
    await world.pool.query(
      `UPDATE sla_targets SET ack_seconds = 1200 WHERE policy_id = $1 AND severity = 'P2'`,
      [draft],
    );
    await activate(draft);
    const after = await world.complain();
    expect(await world.complaint(after.complaintId)).toMatchObject({
      due_at: new Date(minutes(20)),
      policy_id: draft,
    });
    await staffWrites(
      world.pool,
      {
        complaintId: before.complaintId,
        type: 'internal-note',
        text: '看一下',
        staffEmail: STAFF,
        nowMs: minutes(5),
      },
      nothing,
    );
    expect(await world.complaint(before.complaintId)).toMatchObject({
      due_at: new Date(minutes(60)),
    });
    expect((await policies()).map(({ status }) => status)).toEqual(['retired', 'active']);
    await expect(activate(draft)).rejects.toMatchObject({ code: 'sla-policy.fixed' });
  });

  it('is never looser than promised: neither the row nor a version that lacks a class is taken', async () => {
    const [first] = await policies();
    await inTransaction(world.pool, (client) => copySlaPolicy(client, String(first?.['id'])));
    const draft = String((await policies())[2]?.['id']);
    await expect(
      world.pool.query(
        `UPDATE sla_targets SET ack_seconds = 3601 WHERE policy_id = $1 AND severity = 'P2'`,
        [draft],
      ),
    ).rejects.toThrow('ck_sla_targets_limits');
    await world.pool.query(`DELETE FROM sla_targets WHERE policy_id = $1 AND severity = 'REG'`, [
      draft,
    ]);
    await expect(activate(draft)).rejects.toMatchObject({ code: 'sla-policy.too-loose' });
  });
});

describe('a complaint at a supplier', () => {
  it('has a clock of its own, which pauses nothing and ends with the answer', async () => {
    const { complaintId } = await world.complain();
    const filing = { complaintId, text: '卡密无效', supplierRef: null, staffEmail: STAFF };
    await expect(fileUpstream(world.pool, { ...filing, nowMs: T0 }, nothing)).rejects.toMatchObject(
      { code: 'complaint.no-supplier' },
    );
    const [supplier] = await world.rows(
      `INSERT INTO suppliers (code, name, protocol, base_url, account) VALUES ('s', 's', 'kasushou', 'https://s.example.test', 'a') RETURNING id`,
    );
    await world.pool.query('UPDATE complaints SET supplier_id = $2 WHERE id = $1', [
      complaintId,
      supplier?.['id'],
    ]);
    await fileUpstream(world.pool, { ...filing, nowMs: minutes(10) }, nothing);
    const clock = () =>
      world.rows(
        `SELECT outcome, due_at, stopped_at FROM sla_clocks WHERE complaint_id = $1 AND kind = 'upstream'`,
        [complaintId],
      );
    expect(await clock()).toEqual([
      { outcome: 'running', due_at: new Date(minutes(10 + 720)), stopped_at: null },
    ]);
    expect(await world.complaint(complaintId)).toMatchObject({ due_at: new Date(minutes(20)) });
    const [row] = await world.rows('SELECT id FROM upstream_complaints');
    const answer = { upstreamId: String(row?.['id']), answer: '已退款', staffEmail: STAFF };
    await answerUpstream(world.pool, { ...answer, nowMs: minutes(40) }, nothing);
    expect(await clock()).toMatchObject([{ outcome: 'met', stopped_at: new Date(minutes(40)) }]);
    await expect(
      answerUpstream(world.pool, { ...answer, nowMs: minutes(41) }, nothing),
    ).rejects.toMatchObject({ code: 'upstream.answered' });
  });
});
