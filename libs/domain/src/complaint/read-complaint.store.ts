import type { Sql } from '../database/sql.js';
import { DAY_MS } from '../shared/business-time.js';
import type {
  ComplaintAuthor,
  ComplaintCategory,
  ComplaintEventType,
  ComplaintSeverity,
  ComplaintStatus,
  ResolutionCode,
} from './complaint-kind.js';

/** What a platform may know of its complaint. */
export interface ComplaintView {
  readonly complaintNo: string;
  readonly merchantComplaintNo: string | null;
  readonly merchantOrderNo: string | null;
  readonly unitNo: number | null;
  readonly category: ComplaintCategory;
  readonly severity: ComplaintSeverity;
  readonly status: ComplaintStatus;
  readonly resolution: ResolutionCode | null;
  readonly continues: string | null;
  readonly receivedAt: string;
  readonly answerDueAt: string;
  readonly answeredAt: string | null;
  readonly solutionDueAt: string;
  readonly endedAt: string | null;
  readonly reopenUntil: string | null;
  readonly version: number;
}

export interface ComplaintImageView {
  readonly imageNo: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** One entry of the public trail; it is never changed and never taken away. */
export interface ComplaintTrailEntry {
  readonly at: string;
  readonly type: ComplaintEventType;
  readonly by: ComplaintAuthor;
  readonly text: string | null;
  readonly resolution: ResolutionCode | null;
  readonly images: readonly ComplaintImageView[];
}

export interface ComplaintDetailView extends ComplaintView {
  readonly trail: readonly ComplaintTrailEntry[];
}

const COLUMNS = `
  c.id, c.complaint_no, c.merchant_complaint_no, o.merchant_order_no, c.unit_no, c.category, c.severity, c.status,
  c.resolution_code, parent.complaint_no AS continues, c.received_at, ack.due_at AS ack_due_at, c.acked_at,
  solve.due_at AS solve_due_at, c.ended_at, c.version, p.reopen_days
  FROM complaints c JOIN sla_policy_versions p ON p.id = c.policy_id
  LEFT JOIN orders o ON o.id = c.order_id LEFT JOIN complaints parent ON parent.id = c.parent_id
  LEFT JOIN sla_clocks ack ON ack.complaint_id = c.id AND ack.cycle_no = c.cycle_no AND ack.kind = 'ack' AND ack.seq = 1
  LEFT JOIN sla_clocks solve ON solve.complaint_id = c.id AND solve.cycle_no = c.cycle_no AND solve.kind = 'resolve' AND solve.seq = 1`;

interface Row {
  readonly id: string;
  readonly complaint_no: string;
  readonly merchant_complaint_no: string | null;
  readonly merchant_order_no: string | null;
  readonly unit_no: number;
  readonly category: ComplaintCategory;
  readonly severity: ComplaintSeverity;
  readonly status: ComplaintStatus;
  readonly resolution_code: ResolutionCode | null;
  readonly continues: string | null;
  readonly received_at: Date;
  readonly ack_due_at: Date;
  readonly acked_at: Date | null;
  readonly solve_due_at: Date;
  readonly ended_at: Date | null;
  readonly version: number;
  readonly reopen_days: number;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A whitelist: nothing internal, no name of ours, no supplier. */
const viewOf = (row: Row): ComplaintView => ({
  complaintNo: row.complaint_no,
  merchantComplaintNo: row.merchant_complaint_no,
  merchantOrderNo: row.merchant_order_no,
  unitNo: row.unit_no === 0 ? null : row.unit_no,
  category: row.category,
  severity: row.severity,
  status: row.status,
  resolution: row.resolution_code,
  continues: row.continues,
  receivedAt: row.received_at.toISOString(),
  answerDueAt: row.ack_due_at.toISOString(),
  answeredAt: iso(row.acked_at),
  solutionDueAt: row.solve_due_at.toISOString(),
  endedAt: iso(row.ended_at),
  reopenUntil:
    row.ended_at === null
      ? null
      : new Date(row.ended_at.getTime() + row.reopen_days * DAY_MS).toISOString(),
  version: row.version,
});

const PAGE = `SELECT ${COLUMNS} WHERE c.platform_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3`;

/** The platform's complaints, the newest first. */
export async function readComplaints(
  sql: Sql,
  platformId: string,
  page: { readonly beforeId: string; readonly limit: number },
): Promise<(ComplaintView & { readonly id: string })[]> {
  const { rows } = await sql.query<Row>({
    name: 'read-complaints',
    text: PAGE,
    values: [platformId, page.beforeId, page.limit],
  });
  return rows.map((row) => ({ id: row.id, ...viewOf(row) }));
}

/** By its number and platform, or by its id. */
export type ComplaintKey =
  { readonly complaintId: string } | { readonly platformId: string; readonly complaintNo: string };

const ONE = `
  SELECT ${COLUMNS} WHERE c.id = coalesce($1::bigint, (SELECT id FROM complaints WHERE platform_id = $2 AND complaint_no = $3))`;

/** Undefined where there is none, or where it belongs to another platform. */
export async function readComplaint(
  sql: Sql,
  key: ComplaintKey,
): Promise<{ readonly id: string; readonly view: ComplaintDetailView } | undefined> {
  const { complaintId, platformId, complaintNo } = {
    complaintId: null,
    platformId: null,
    complaintNo: null,
    ...key,
  };
  const { rows } = await sql.query<Row>({
    name: 'read-complaint',
    text: ONE,
    values: [complaintId, platformId, complaintNo],
  });
  const row = rows[0];
  if (!row) return undefined;
  return { id: row.id, view: { ...viewOf(row), trail: await readTrail(sql, row.id) } };
}

const TRAIL = `
  SELECT e.type, e.author, e.at, e.detail ->> 'resolutionCode' AS resolution, m.text,
    (SELECT jsonb_agg(jsonb_build_object('imageNo', i.id::text, 'mediaType', i.media_type, 'bytes', i.byte_count, 'sha256', i.sha256) ORDER BY i.id)
      FROM complaint_images i WHERE i.message_id = m.id) AS images
  FROM complaint_events e LEFT JOIN complaint_messages m ON m.id = e.message_id AND m.is_public
  WHERE e.complaint_id = $1 AND e.is_public ORDER BY e.at, e.id`;

async function readTrail(sql: Sql, complaintId: string): Promise<ComplaintTrailEntry[]> {
  const { rows } = await sql.query<{
    type: ComplaintEventType;
    author: ComplaintAuthor;
    at: Date;
    resolution: ResolutionCode | null;
    text: string | null;
    images: ComplaintImageView[] | null;
  }>({ name: 'read-complaint-trail', text: TRAIL, values: [complaintId] });
  return rows.map(({ type, author, at, resolution, text, images }) => ({
    at: at.toISOString(),
    type,
    by: author,
    text: text === '' ? null : text,
    resolution,
    images: images ?? [],
  }));
}

const IMAGE = `
  SELECT i.media_type, i.content FROM complaint_images i JOIN complaint_messages m ON m.id = i.message_id
  WHERE i.id = $1 AND i.complaint_id = $2 AND (m.is_public OR $3::boolean)`;

/** A picture with what it is; a platform gets only what is public. */
export async function readComplaintImage(
  sql: Sql,
  given: {
    readonly complaintId: string;
    readonly imageId: string;
    readonly withInternal: boolean;
  },
): Promise<{ readonly mediaType: string; readonly content: Buffer } | undefined> {
  const { rows } = await sql.query<{ media_type: string; content: Buffer }>({
    name: 'read-complaint-image',
    text: IMAGE,
    values: [given.imageId, given.complaintId, given.withInternal],
  });
  const row = rows[0];
  return row && { mediaType: row.media_type, content: row.content };
}
