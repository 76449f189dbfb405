import type { Pool } from 'pg';
import {
  ASKED_RENEWALS_SQL,
  daysBetween,
  licenceStatus,
  licenceUrgency,
  shanghaiDate,
  type LicenceFacts,
  type LicenceStatus,
} from '#domain';

const REGISTER = `
  SELECT l.id, l.name, l.number, l.holder, t.start_days AS "startDays",
    l.standing, l.verified_at IS NOT NULL AS "isVerified", l.effective_on::text AS "effectiveOn",
    l.expires_on::text AS "expiresOn", l.apply_by::text AS "applyBy",
    EXISTS (SELECT 1 FROM licence_renewals r WHERE r.licence_id = l.id AND r.status IN ${ASKED_RENEWALS_SQL}) AS "isRenewing",
    EXISTS (SELECT 1 FROM licences n WHERE n.previous_id = l.id AND n.verified_at IS NOT NULL AND n.standing = 'in-force') AS "isFollowed"
  FROM licences l JOIN licence_types t ON t.id = l.type_id`;

interface RegisterRow extends LicenceFacts {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly holder: string;
  readonly startDays: number;
}

export interface RegisterLine extends RegisterRow {
  readonly status: LicenceStatus;
  readonly daysLeft: number | null;
  readonly applyDaysLeft: number | null;
}

/** Every licence as it stands today, the most urgent first. */
export async function readRegister(
  pool: Pool,
  nowMs: number,
  licenceId?: string,
): Promise<RegisterLine[]> {
  const { rows } = await pool.query<RegisterRow>(
    licenceId === undefined ? REGISTER : `${REGISTER} WHERE l.id = $1`,
    licenceId === undefined ? [] : [licenceId],
  );
  const today = shanghaiDate(nowMs);
  const left = (date: string | null): number | null =>
    date === null ? null : daysBetween(today, date);
  return rows
    .map((row) => ({
      ...row,
      status: licenceStatus(row, today),
      daysLeft: left(row.expiresOn),
      applyDaysLeft: row.isRenewing ? null : left(row.applyBy),
    }))
    .sort((one, other) => urgencyOf(one) - urgencyOf(other));
}

/** The nearer of its two days. */
const urgencyOf = ({ status, daysLeft, applyDaysLeft }: RegisterLine): number =>
  licenceUrgency(
    status,
    applyDaysLeft === null || daysLeft === null ? daysLeft : Math.min(daysLeft, applyDaysLeft),
  );

const SOON_DAYS = 30;
const IS_OVER: readonly LicenceStatus[] = ['expired', 'revoked', 'suspended', 'apply-late'];
const IS_QUIET: readonly LicenceStatus[] = ['replaced', 'surrendered'];

export interface LicenceCounts {
  readonly lapsed: number;
  readonly soon: number;
  readonly renewing: number;
  readonly stopped: number;
  readonly overrides: number;
}

const COUNTS = `
  SELECT (SELECT count(*)::int FROM sale_stops WHERE ended_at IS NULL) AS stopped,
    (SELECT count(*)::int FROM gate_overrides
     WHERE starts_at >= date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai') AS overrides`;

export async function countLicences(
  pool: Pool,
  lines: readonly RegisterLine[],
): Promise<LicenceCounts> {
  const { rows } = await pool.query<{ stopped: number; overrides: number }>(COUNTS);
  const isSoon = ({ status, daysLeft, applyDaysLeft }: RegisterLine): boolean =>
    !IS_OVER.includes(status) &&
    !IS_QUIET.includes(status) &&
    [daysLeft, applyDaysLeft].some((days) => days !== null && days <= SOON_DAYS);
  return {
    lapsed: lines.filter(({ status }) => IS_OVER.includes(status)).length,
    soon: lines.filter(isSoon).length,
    renewing: lines.filter(({ status }) => status === 'renewing').length,
    stopped: rows[0]?.stopped ?? 0,
    overrides: rows[0]?.overrides ?? 0,
  };
}
