import type { PoolClient } from 'pg';
import { shanghaiDate } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { dayAfter, settlementPeriodOf, type SettlementCycle } from './settlement-period.js';
import type { AgreementStatus } from './statement-kinds.js';

const COPIED = `platform_id, cycle, due_method, term_kind, term_days, base_event, roll_rule, pay_weekday, cut_off_minutes, calendar_id,
  objection_days, dunning_days, issues_itself, breach_terms, document_ref`;
const COPY = `
  INSERT INTO settlement_agreements (${COPIED}, version_no, status, valid_from, created_by)
  SELECT ${COPIED}, (SELECT max(version_no) + 1 FROM settlement_agreements m WHERE m.platform_id = a.platform_id), 'draft', $2, $3
  FROM settlement_agreements a WHERE id = $1 RETURNING id`;

const READ = `
  SELECT id, platform_id AS "platformId", status, cycle, version, to_char(valid_from, 'YYYY-MM-DD') AS "validFrom"
  FROM settlement_agreements WHERE id = $1`;

interface AgreementRow {
  readonly id: string;
  readonly platformId: string;
  readonly status: AgreementStatus;
  readonly cycle: SettlementCycle;
  readonly version: number;
  readonly validFrom: string;
}

/** A draft that begins with the next period, as a copy of what is agreed now: it is edited, approved and then follows. */
export async function draftNextAgreement(
  client: PoolClient,
  {
    agreementId,
    actor,
    nowMs,
  }: { readonly agreementId: string; readonly actor: string; readonly nowMs: number },
): Promise<string> {
  const row = (await client.query<AgreementRow>(READ, [agreementId])).rows[0];
  if (!row) throw new DomainError('agreement.not-found');
  if (row.status !== 'active') throw new DomainError('agreement.not-open');
  const nextFrom = dayAfter(settlementPeriodOf(row.cycle, shanghaiDate(nowMs)).to);
  const made = await client.query<{ id: string }>(COPY, [agreementId, nextFrom, actor]);
  return made.rows[0]?.id ?? '';
}

const LOCK = `${READ} FOR UPDATE`;
const RUNNING = `
  SELECT id, platform_id AS "platformId", status, cycle, version, to_char(valid_from, 'YYYY-MM-DD') AS "validFrom"
  FROM settlement_agreements WHERE platform_id = $1 AND status = 'active' AND valid_to IS NULL FOR UPDATE`;
const CLOSED_TO = `SELECT to_char(max(period_to), 'YYYY-MM-DD') AS "closedTo" FROM statements WHERE platform_id = $1`;
const END = `
  UPDATE settlement_agreements SET valid_to = $2::date - 1, status = 'ended', version = version + 1, updated_at = $3 WHERE id = $1`;
const ACTIVATE = `
  UPDATE settlement_agreements SET status = 'active', created_by = $2, approved_by = $3, version = version + 1, updated_at = $4
  WHERE id = $1`;

export interface AgreementActivation {
  readonly agreementId: string;
  /** The draft as it was when somebody asked: edited since, it is another one. */
  readonly version: number;
  readonly askedBy: string;
  readonly approvedBy: string;
  readonly nowMs: number;
}

/**
 * A draft that a second person approved becomes what is agreed; the version before it ends the day before. It must begin
 * where a period of both begins, behind everything that has been settled: `agreement.mid-period`.
 */
export async function activateAgreement(
  client: PoolClient,
  { agreementId, version, askedBy, approvedBy, nowMs }: AgreementActivation,
): Promise<void> {
  const draft = (await client.query<AgreementRow>(LOCK, [agreementId])).rows[0];
  if (!draft) throw new DomainError('agreement.not-found');
  if (draft.status !== 'draft' || draft.version !== version)
    throw new DomainError('agreement.not-open');
  const now = new Date(nowMs);
  const running = (await client.query<AgreementRow>(RUNNING, [draft.platformId])).rows[0];
  const closed = (await client.query<{ closedTo: string | null }>(CLOSED_TO, [draft.platformId]))
    .rows[0];
  const { validFrom } = draft;
  const isFree =
    closed?.closedTo === null || closed?.closedTo === undefined || closed.closedTo < validFrom;
  if (!isFree || (running && !follows(running, draft)))
    throw new DomainError('agreement.mid-period', { validFrom });
  if (running) await client.query(END, [running.id, validFrom, now]);
  await client.query(ACTIVATE, [agreementId, askedBy, approvedBy, now]);
}

function follows(running: AgreementRow, { cycle, validFrom }: AgreementRow): boolean {
  const begins = (one: SettlementCycle): boolean =>
    settlementPeriodOf(one, validFrom).from === validFrom;
  return validFrom > running.validFrom && begins(running.cycle) && begins(cycle);
}
