import type { Pool } from 'pg';
import { type AfterChange, inTransaction } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import { changeComplaint, changeIn, type ComplaintScene } from './complaint-command.store.js';
import { isComplaintEnded, type ComplaintSeverity, type ResolutionCode } from './complaint-kind.js';
import { writeMessage } from './complaint-message.store.js';
import { isLowering } from './sla-policy.js';

/** What a person of ours writes: an answer, a question that waits for one, a note among us. */
export type StaffMessageType = 'staff-message' | 'staff-question' | 'internal-note';

interface StaffCommand {
  readonly complaintId: string;
  readonly staffEmail: string;
  readonly nowMs: number;
}

export interface StaffWrites extends StaffCommand {
  readonly type: StaffMessageType;
  readonly text: string;
  readonly images?: readonly Buffer[];
}

/** Answers, asks or notes. A question stops the clock of the solution. Throws `complaint.ended`. */
export async function staffWrites(
  pool: Pool,
  command: StaffWrites,
  afterChange: AfterChange,
): Promise<void> {
  const write = async (scene: ComplaintScene): Promise<void> => {
    if (command.type !== 'internal-note') requireOpen(scene);
    const messageId = await writeAs(scene, command, command.type !== 'internal-note');
    await scene.add({ ...byStaff(command), type: command.type, messageId });
  };
  await changeComplaint(pool, command, write, afterChange);
}

export interface OfferSolution extends StaffCommand {
  readonly resolutionCode: ResolutionCode;
  readonly text: string;
  readonly images?: readonly Buffer[];
}

/** Says how it is solved and waits for consent, or for the silence that counts as it. Throws `complaint.ended`. */
export async function offerSolution(
  pool: Pool,
  command: OfferSolution,
  afterChange: AfterChange,
): Promise<void> {
  const { resolutionCode } = command;
  const offer = async (scene: ComplaintScene): Promise<void> => {
    requireOpen(scene);
    const messageId = await writeAs(scene, command, true);
    const detail = { resolutionCode };
    await scene.add({ ...byStaff(command), type: 'solution-offered', messageId, detail });
  };
  await changeComplaint(pool, command, offer, afterChange);
}

export interface ChangeSeverity extends StaffCommand {
  readonly severity: ComplaintSeverity;
  readonly reason: string;
  readonly isLead: boolean;
  /** The deadline of an authority or of the platform. */
  readonly deadlineMs?: number | null;
}

/** Presses more or less; the clocks count from their beginning. Throws `complaint.needs-lead`, `staff.reason-required`. */
export async function changeSeverity(
  pool: Pool,
  command: ChangeSeverity,
  afterChange: AfterChange,
): Promise<void> {
  const { severity, reason, deadlineMs = null } = command;
  if (reason.trim() === '') throw new DomainError('staff.reason-required');
  const change = async (scene: ComplaintScene): Promise<void> => {
    requireOpen(scene);
    if (isLowering(scene.complaint.severity, severity) && !command.isLead)
      throw new DomainError('complaint.needs-lead');
    const staff = byStaff(command);
    if (deadlineMs !== null) {
      await scene.client.query('UPDATE complaints SET deadline_at = $2 WHERE id = $1', [
        command.complaintId,
        new Date(deadlineMs),
      ]);
      await scene.add({ ...staff, type: 'deadline-set', detail: { deadlineMs, reason } });
    }
    await scene.add({ ...staff, type: 'severity-changed', detail: { severity, reason } });
  };
  await changeComplaint(pool, command, change, afterChange);
}

export interface AssignComplaint extends StaffCommand {
  /** Null: nobody has it in hand any more. */
  readonly assignee: string | null;
}

/** Gives it into somebody's hands. Throws `complaint.ended`. */
export async function assignComplaint(
  pool: Pool,
  command: AssignComplaint,
  afterChange: AfterChange,
): Promise<void> {
  const { assignee } = command;
  const assign = async (scene: ComplaintScene): Promise<void> => {
    requireOpen(scene);
    await scene.add({ ...byStaff(command), type: 'assigned', detail: { assignee } });
  };
  await changeComplaint(pool, command, assign, afterChange);
}

export interface StaffMoves extends StaffCommand {
  /** `resumed`: nobody waits for the complainant any more. */
  readonly move: 'resumed' | 'reopened';
  readonly reason: string;
}

/** Lets the clock go on, or opens again what has ended. Throws `complaint.ended`, `complaint.not-ended`. */
export async function moveComplaint(
  pool: Pool,
  command: StaffMoves,
  afterChange: AfterChange,
): Promise<void> {
  const { move, reason } = command;
  const step = async (scene: ComplaintScene): Promise<void> => {
    if (move === 'resumed') requireOpen(scene);
    else if (!isComplaintEnded(scene.complaint.status))
      throw new DomainError('complaint.not-ended');
    await scene.add({ ...byStaff(command), type: move, detail: { reason } });
    const { story } = await scene.retell();
    if (move === 'reopened' && isComplaintEnded(story.status))
      throw new DomainError('complaint.ended');
  };
  await changeComplaint(pool, command, step, afterChange);
}

const ACKNOWLEDGE = `
  UPDATE sla_escalations SET acknowledged_by = $2, acknowledged_at = $3
  WHERE id = $1 AND acknowledged_at IS NULL RETURNING complaint_id`;

/** Somebody has seen the step, so that the next is taken only when its time comes. Throws `escalation.not-found`. */
export async function acknowledgeEscalation(
  pool: Pool,
  command: { readonly escalationId: string; readonly staffEmail: string; readonly nowMs: number },
  afterChange: AfterChange,
): Promise<void> {
  const { escalationId, staffEmail, nowMs } = command;
  await inTransaction(pool, async (client) => {
    const found = await client.query<{ complaint_id: string }>(
      'SELECT complaint_id FROM sla_escalations WHERE id = $1',
      [escalationId],
    );
    const complaintId = found.rows[0]?.complaint_id;
    if (complaintId === undefined) throw new DomainError('escalation.not-found');
    await changeIn(client, { complaintId, nowMs }, async () => {
      const seen = await client.query(ACKNOWLEDGE, [escalationId, staffEmail, new Date(nowMs)]);
      if (seen.rowCount === 0) throw new DomainError('escalation.not-found');
    });
    await afterChange(client);
  });
}

function requireOpen({ complaint }: ComplaintScene): void {
  if (isComplaintEnded(complaint.status)) throw new DomainError('complaint.ended');
}

const byStaff = ({ staffEmail, nowMs }: StaffCommand) =>
  ({ atMs: nowMs, author: 'staff', staffEmail }) as const;

function writeAs(
  { client, complaint, nowMs }: ComplaintScene,
  command: {
    readonly staffEmail: string;
    readonly text: string;
    readonly images?: readonly Buffer[];
  },
  isPublic: boolean,
): Promise<string> {
  const { staffEmail, text, images = [] } = command;
  const head = { complaintId: complaint.id, author: 'staff', sentMs: nowMs, nowMs } as const;
  return writeMessage(client, { ...head, staffEmail, text, images, isPublic });
}
