import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE, type Sql } from '../database/sql.js';
import { UNIT_KEY_FACTOR } from '../order/unit-status.js';
import { shanghaiDate } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { addEvent, lockComplaint } from './complaint-facts.store.js';
import {
  complaintNoOf,
  severityOf,
  type ComplaintCategory,
  type ComplaintSeverity,
  type ComplaintSource,
} from './complaint-kind.js';
import { writeMessage } from './complaint-message.store.js';
import { cleanText, summaryOf } from './complaint-text.js';
import { noteOnOrder, retellComplaint } from './retell-complaint.store.js';
import { askForRun } from './tell-run.store.js';

/** What a complaint is about, by whichever number is known. */
export interface ComplaintSubject {
  readonly orderId?: string | undefined;
  readonly merchantOrderNo?: string | undefined;
  readonly unitNo?: number | undefined;
  /** Keyed fingerprint of a card's number. */
  readonly cardFingerprint?: Buffer | undefined;
}

export interface OpenComplaint {
  readonly source: ComplaintSource;
  readonly platformId: string | null;
  /** The platform's own number: sent again it is the same complaint. */
  readonly merchantComplaintNo?: string | null | undefined;
  readonly fingerprint?: string | null | undefined;
  readonly category: ComplaintCategory;
  /** Absent: by its category. */
  readonly severity?: ComplaintSeverity | undefined;
  readonly subject: ComplaintSubject;
  readonly text: string;
  readonly images?: readonly Buffer[] | undefined;
  readonly customerNo?: string | null | undefined;
  readonly contact?: string | null | undefined;
  readonly isVip?: boolean | undefined;
  /** When the channel received it. */
  readonly receivedMs: number;
  /** The deadline of an authority or of the platform. */
  readonly deadlineMs?: number | null | undefined;
  readonly callbackUrl?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  /** The person of ours who enters it; it is theirs from then on. */
  readonly staffEmail?: string | null | undefined;
  readonly nowMs: number;
}

export interface OpenedComplaint {
  readonly complaintId: string;
  readonly complaintNo: string;
  readonly isNew: boolean;
}

/**
 * Takes a complaint in and starts its clocks, at the instant at which its channel received it. The same number with the
 * same content is the same complaint. Throws `complaint.number-reused`, `complaint.order-unknown`, `complaint.image-invalid`.
 */
export async function openComplaint(
  pool: Pool,
  command: OpenComplaint,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<OpenedComplaint> {
  const known = await findSame(pool, command);
  if (known) return known;
  return inTransaction(pool, async (client) => {
    const opened = await openIn(client, command);
    if (!opened) return (await findSame(client, command)) ?? lost();
    await afterChange(client);
    return opened;
  });
}

const lost = (): never => {
  throw new DomainError('service.unavailable');
};

const SAME = `
  SELECT id, complaint_no, fingerprint FROM complaints WHERE platform_id = $1 AND merchant_complaint_no = $2`;

async function findSame(sql: Sql, command: OpenComplaint): Promise<OpenedComplaint | undefined> {
  const { platformId, fingerprint } = command;
  const merchantComplaintNo = command.merchantComplaintNo ?? null;
  if (platformId === null || merchantComplaintNo === null) return undefined;
  const { rows } = await sql.query<{
    id: string;
    complaint_no: string;
    fingerprint: string | null;
  }>({ name: 'same-complaint', text: SAME, values: [platformId, merchantComplaintNo] });
  const row = rows[0];
  if (!row) return undefined;
  if (row.fingerprint !== (fingerprint ?? null))
    throw new DomainError('complaint.number-reused', { merchantComplaintNo });
  return { complaintId: row.id, complaintNo: row.complaint_no, isNew: false };
}

const INSERT = `
  INSERT INTO complaints (id, complaint_no, source, platform_id, merchant_complaint_no, fingerprint, category, severity, status,
    summary, order_id, unit_no, product_id, attempt_id, supplier_id, customer_no, contact, is_vip, policy_id, received_at,
    created_at, deadline_at, parent_id, callback_url, next_at)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, 'received', $9, $10, $11, $12, $13, $14, $15, $16, $17, p.id, $18, $19, $20, $21, $22, $19
  FROM sla_policy_versions p WHERE p.status = 'active'
  ON CONFLICT (platform_id, merchant_complaint_no) WHERE merchant_complaint_no IS NOT NULL DO NOTHING RETURNING id`;

const date = (ms: number | null | undefined): Date | null =>
  ms === null || ms === undefined ? null : new Date(ms);

/** The same inside a transaction of the caller; undefined where somebody else has just opened the same one. */
export async function openIn(
  client: PoolClient,
  command: OpenComplaint,
): Promise<OpenedComplaint | undefined> {
  const { nowMs } = command;
  const receivedMs = Math.min(command.receivedMs, nowMs);
  const subject = await findSubject(client, command);
  const severity = command.severity ?? severityOf(command.category);
  const ids = await client.query<{ id: string }>(
    `SELECT nextval(pg_get_serial_sequence('complaints', 'id'))::text AS id`,
  );
  const complaintId = ids.rows[0]?.id ?? '0';
  const complaintNo = complaintNoOf(complaintId, shanghaiDate(nowMs));
  const head = { complaintId, complaintNo, severity, receivedMs };
  const inserted = await client.query(INSERT, rowValues(command, subject, head));
  if (inserted.rowCount === 0) return undefined;
  await begin(client, complaintId, { command, severity, receivedMs });
  return { complaintId, complaintNo, isNew: true };
}

/** In the order of the parameters. */
function rowValues(
  command: OpenComplaint,
  subject: SubjectRow,
  head: {
    readonly complaintId: string;
    readonly complaintNo: string;
    readonly severity: ComplaintSeverity;
    readonly receivedMs: number;
  },
): unknown[] {
  const text = (value: string | null | undefined): string | null => value ?? null;
  return [
    head.complaintId,
    head.complaintNo,
    command.source,
    command.platformId ?? subject.platform_id,
    text(command.merchantComplaintNo),
    text(command.fingerprint),
    command.category,
    head.severity,
    summaryOf(cleanText(command.text)),
    subject.order_id,
    subject.unit_no,
    subject.product_id,
    subject.attempt_id,
    subject.supplier_id,
    command.customerNo ?? subject.customer_no,
    text(command.contact),
    command.isVip ?? false,
    new Date(head.receivedMs),
    new Date(command.nowMs),
    date(command.deadlineMs),
    text(command.parentId),
    text(command.callbackUrl),
  ];
}

/** Its first message, the events that begin it, and all that follows from them. */
async function begin(
  client: PoolClient,
  complaintId: string,
  given: {
    readonly command: OpenComplaint;
    readonly severity: ComplaintSeverity;
    readonly receivedMs: number;
  },
): Promise<void> {
  const { command, severity, receivedMs } = given;
  const { nowMs, staffEmail = null, images = [] } = command;
  const deadlineMs = command.deadlineMs ?? null;
  const author = 'customer' as const;
  const messageId = await writeMessage(client, {
    complaintId,
    author,
    isPublic: true,
    text: command.text,
    images,
    sentMs: receivedMs,
    nowMs,
  });
  const detail = { severity, ...(deadlineMs === null ? {} : { deadlineMs }) };
  const opened = { type: 'opened', atMs: receivedMs, author, messageId, detail, nowMs } as const;
  await addEvent(client, complaintId, { ...opened, staffEmail });
  if (staffEmail !== null)
    await addEvent(client, complaintId, {
      type: 'assigned',
      atMs: nowMs,
      author: 'staff',
      staffEmail,
      detail: { assignee: staffEmail },
      nowMs,
    });
  const locked = await lockComplaint(client, complaintId);
  await retellComplaint(client, locked, { nowMs, news: 'internal' });
  if (locked.orderId !== null) await noteOnOrder(client, locked, { type: 'complained', nowMs });
  await askForRun(client, complaintId, nowMs);
}

interface SubjectRow {
  readonly platform_id: string | null;
  readonly order_id: string | null;
  readonly unit_no: number;
  readonly product_id: string | null;
  readonly customer_no: string | null;
  readonly attempt_id: string | null;
  readonly supplier_id: string | null;
}

const NOTHING: SubjectRow = {
  platform_id: null,
  order_id: null,
  unit_no: 0,
  product_id: null,
  customer_no: null,
  attempt_id: null,
  supplier_id: null,
};

/** The unit's delivery tells which attempt, and so which supplier, brought it. */
const SUBJECT = `
  SELECT o.platform_id, o.id AS order_id, s.unit_no, o.product_id, o.customer_no, a.id AS attempt_id, a.supplier_id
  FROM (
    SELECT d.order_id AS id, d.unit_no FROM cards c JOIN deliveries d ON d.card_id = c.id WHERE c.fingerprint = $1
    UNION ALL SELECT o.id, $4::int FROM orders o WHERE $1::bytea IS NULL AND o.id = $2::bigint
    UNION ALL SELECT o.id, $4::int FROM orders o WHERE $1::bytea IS NULL AND $2::bigint IS NULL AND o.platform_id = $5 AND o.merchant_order_no = $3
  ) AS s JOIN orders o ON o.id = s.id
  LEFT JOIN deliveries d ON d.unit_id = o.id * ${UNIT_KEY_FACTOR} + s.unit_no AND s.unit_no > 0
  LEFT JOIN attempts a ON a.id = d.attempt_id
  WHERE ($5::uuid IS NULL OR o.platform_id = $5) AND s.unit_no <= o.quantity
    AND ($3::text IS NULL OR o.merchant_order_no = $3) ORDER BY o.id DESC LIMIT 1`;

async function findSubject(client: PoolClient, command: OpenComplaint): Promise<SubjectRow> {
  const { orderId, merchantOrderNo, unitNo, cardFingerprint } = command.subject;
  const isNamed = orderId ?? merchantOrderNo ?? cardFingerprint;
  if (isNamed === undefined) return NOTHING;
  const { rows } = await client.query<SubjectRow>(SUBJECT, [
    cardFingerprint ?? null,
    orderId ?? null,
    merchantOrderNo ?? null,
    unitNo ?? 0,
    command.platformId,
  ]);
  const row = rows[0];
  if (!row) throw new DomainError('complaint.order-unknown');
  return row;
}
