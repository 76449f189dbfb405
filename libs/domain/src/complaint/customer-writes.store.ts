import type { Pool } from 'pg';
import { type AfterChange, NOTHING_MORE } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import { changeComplaint, type ComplaintScene } from './complaint-command.store.js';
import { isComplaintEnded, type ComplaintEventType } from './complaint-kind.js';
import { writeMessage } from './complaint-message.store.js';
import { mayReopen } from './complaint-story.js';
import { openIn, type OpenComplaint } from './open-complaint.store.js';

/** What the complainant does: writes, agrees to what is offered, or takes the complaint back. */
export type CustomerAct = 'message' | 'confirm' | 'withdraw';

export interface CustomerWrites {
  readonly complaintId: string;
  readonly act: CustomerAct;
  readonly text: string;
  readonly images?: readonly Buffer[];
  /** The platform's own number of the message: sent again it changes nothing. */
  readonly merchantMessageNo?: string | null;
  /** When the channel received it: here a pause ends, whenever we hear of it. */
  readonly sentMs: number;
  /** The person of ours who enters it on behalf of the complainant. */
  readonly staffEmail?: string | null;
  readonly nowMs: number;
}

/** The complaint that took the message: another one where the first had ended too long ago. */
export interface CustomerWritten {
  readonly complaintId: string;
}

const EVENTS = {
  message: 'customer-message',
  confirm: 'confirmed',
  withdraw: 'withdrawn',
} as const satisfies Record<CustomerAct, ComplaintEventType>;

/**
 * Notes what the complainant wrote. A message to one that has ended opens it again; where that is too long ago, a new
 * complaint is linked to it. Throws `complaint.not-found`, `complaint.nothing-offered`, `complaint.ended`.
 */
export async function customerWrites(
  pool: Pool,
  command: CustomerWrites,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<CustomerWritten> {
  let complaintId = command.complaintId;
  const write = async (scene: ComplaintScene): Promise<void> => {
    const { complaint } = scene;
    if (await isKnown(scene, command)) return;
    const isEnded = isComplaintEnded(complaint.status);
    if (command.act === 'confirm' && complaint.status !== 'solution-offered')
      throw new DomainError('complaint.nothing-offered');
    if (command.act === 'withdraw' && isEnded) throw new DomainError('complaint.ended');
    const { story } = await scene.retell();
    if (isEnded && !mayReopen(story, sentMsOf(command), complaint.policy)) {
      complaintId = await openLinked(scene, command);
      return;
    }
    await note(scene, command);
    if (command.act === 'message') await reopenWhereEnded(scene, command);
  };
  await changeComplaint(pool, command, write, afterChange);
  return { complaintId };
}

const KNOWN =
  'SELECT 1 FROM complaint_messages WHERE complaint_id = $1 AND merchant_message_no = $2';

/** The platform has sent it before. */
async function isKnown(
  { client, complaint }: ComplaintScene,
  { merchantMessageNo = null }: CustomerWrites,
): Promise<boolean> {
  if (merchantMessageNo === null) return false;
  return (await client.query(KNOWN, [complaint.id, merchantMessageNo])).rowCount !== 0;
}

/** Nothing is written in the future. */
const sentMsOf = ({ sentMs, nowMs }: CustomerWrites): number => Math.min(sentMs, nowMs);

async function note(scene: ComplaintScene, command: CustomerWrites): Promise<void> {
  const { complaint, nowMs, client } = scene;
  const sentMs = Math.max(sentMsOf(command), complaint.receivedMs);
  const { text, images = [], staffEmail = null, merchantMessageNo = null } = command;
  const author = 'customer' as const;
  const messageId =
    text === '' && images.length === 0 && merchantMessageNo === null
      ? null
      : await writeMessage(client, {
          complaintId: complaint.id,
          author,
          staffEmail,
          merchantMessageNo,
          isPublic: true,
          text,
          images,
          sentMs,
          nowMs,
        });
  await scene.add({ type: EVENTS[command.act], atMs: sentMs, author, staffEmail, messageId });
}

/** Told with the message in it, the complaint may not have ended at all: the silence was none. */
async function reopenWhereEnded(scene: ComplaintScene, command: CustomerWrites): Promise<void> {
  const { story } = await scene.retell();
  if (!isComplaintEnded(story.status)) return;
  await scene.add({ type: 'reopened', atMs: sentMsOf(command), author: 'customer' });
}

const READ = `
  SELECT source, platform_id, category, order_id, unit_no, customer_no, contact, is_vip, callback_url FROM complaints WHERE id = $1`;

/** The new one is about the same thing and says where it comes from. */
async function openLinked(scene: ComplaintScene, command: CustomerWrites): Promise<string> {
  const { client, complaint, nowMs } = scene;
  const { rows } = await client.query<{
    platform_id: string | null;
    category: OpenComplaint['category'];
    order_id: string | null;
    unit_no: number;
    customer_no: string | null;
    contact: string | null;
    is_vip: boolean;
    callback_url: string | null;
  }>(READ, [complaint.id]);
  const old = rows[0];
  if (!old) throw new DomainError('complaint.not-found', { complaintNo: complaint.complaintNo });
  const opened = await openIn(client, {
    source: 'linked',
    platformId: old.platform_id,
    category: old.category,
    subject: { orderId: old.order_id ?? undefined, unitNo: old.unit_no },
    text: command.text,
    images: command.images,
    customerNo: old.customer_no,
    contact: old.contact,
    isVip: old.is_vip,
    receivedMs: sentMsOf(command),
    callbackUrl: old.callback_url,
    parentId: complaint.id,
    nowMs,
  });
  if (!opened) throw new DomainError('service.unavailable');
  return opened.complaintId;
}
