import type { PoolClient } from 'pg';
import { dayAfter } from '../settlement/settlement-period.js';
import { dayOfDate, shanghaiDate } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { canMove } from '../shared/transitions.js';
import { logVerification, type Verification } from './licence-commands.store.js';
import { touchLicence, type LicenceChange } from './record-licence.store.js';
import { RENEWAL_MOVES, type RenewalStatus } from './renewal-status.js';

export interface RenewalChange {
  readonly renewalId: string;
  readonly actor: string;
  readonly nowMs: number;
}

const MAY_START = `
  SELECT t.is_retired AS "isRetired", l.standing, l.expires_on IS NULL AS "isPerpetual",
    EXISTS (SELECT 1 FROM licences n WHERE n.previous_id = l.id) AS "isFollowed"
  FROM licences l JOIN licence_types t ON t.id = l.type_id WHERE l.id = $1 FOR UPDATE OF l`;
const START = `
  INSERT INTO licence_renewals (licence_id, started_by) VALUES ($1, $2)
  ON CONFLICT (licence_id) WHERE status IN ('collecting', 'submitted', 'in-review', 'received') DO NOTHING RETURNING id`;

/** Begins a renewal. Throws `licence.type-retired`, `licence.not-open`, `licence.renewal-open`. */
export async function startRenewal(client: PoolClient, change: LicenceChange): Promise<string> {
  const { rows } = await client.query<{
    isRetired: boolean;
    standing: string;
    isPerpetual: boolean;
    isFollowed: boolean;
  }>(MAY_START, [change.licenceId]);
  const row = rows[0];
  if (!row) throw new DomainError('licence.not-found');
  if (row.isRetired) throw new DomainError('licence.type-retired');
  if (row.isFollowed || row.isPerpetual || row.standing === 'surrendered')
    throw new DomainError('licence.not-open');
  const started = await client.query<{ id: string }>(START, [change.licenceId, change.actor]);
  const id = started.rows[0]?.id;
  if (id === undefined) throw new DomainError('licence.renewal-open');
  await touchLicence(client, change);
  return id;
}

interface LockedRenewal {
  readonly licenceId: string;
  readonly status: RenewalStatus;
  readonly receivedBy: string | null;
  readonly expiresOn: string | null;
}

const LOCK = `
  SELECT r.licence_id AS "licenceId", r.status, r.received_by AS "receivedBy", l.expires_on::text AS "expiresOn"
  FROM licence_renewals r JOIN licences l ON l.id = r.licence_id WHERE r.id = $1 FOR UPDATE OF r, l`;

async function lockFor(
  client: PoolClient,
  renewalId: string,
  to: RenewalStatus,
): Promise<LockedRenewal> {
  const { rows } = await client.query<LockedRenewal>(LOCK, [renewalId]);
  const [row] = rows;
  if (!row) throw new DomainError('licence.not-found');
  if (!canMove<RenewalStatus>(RENEWAL_MOVES, row.status, to))
    throw new DomainError('licence.renewal-not-open');
  return row;
}

const MOVE = `
  UPDATE licence_renewals SET status = $2::varchar, note = coalesce($3, note), version = version + 1, updated_at = $4,
    ended_at = CASE WHEN $2::varchar = 'given-up' THEN $4::timestamptz END WHERE id = $1`;

/** The authority has begun its review, or nobody goes on with it. */
export async function moveRenewal(
  client: PoolClient,
  change: RenewalChange & { readonly to: 'in-review' | 'given-up'; readonly note: string | null },
): Promise<void> {
  const { licenceId } = await lockFor(client, change.renewalId, change.to);
  const { renewalId, to, note, nowMs } = change;
  await client.query(MOVE, [renewalId, to, note, new Date(nowMs)]);
  await touchLicence(client, { licenceId, nowMs });
}

const SUBMIT = `
  UPDATE licence_renewals SET status = 'submitted', receipt_no = $2, submitted_on = $3::date, version = version + 1, updated_at = $4
  WHERE id = $1`;

/** The application is in: from now on nobody is asked for it any more, and new listings are allowed again. */
export async function submitRenewal(
  client: PoolClient,
  change: RenewalChange & { readonly receiptNo: string; readonly submittedOn: string },
): Promise<void> {
  const { renewalId, receiptNo, submittedOn, nowMs } = change;
  const { licenceId } = await lockFor(client, renewalId, 'submitted');
  if (dayOfDate(submittedOn) === undefined || submittedOn > shanghaiDate(nowMs))
    throw new DomainError('licence.dates-wrong');
  await client.query(SUBMIT, [renewalId, receiptNo, submittedOn, new Date(nowMs)]);
  await touchLicence(client, { licenceId, nowMs });
}

export interface ReceivedLicence extends RenewalChange {
  readonly newNumber: string;
  readonly newIssuedOn: string | null;
  /** Null: the day after the old one ends. */
  readonly newEffectiveOn: string | null;
  readonly newExpiresOn: string | null;
}

const RECEIVE = `
  UPDATE licence_renewals SET status = 'received', new_number = $2, new_issued_on = $3::date, new_effective_on = $4::date,
    new_expires_on = $5::date, received_by = $6, version = version + 1, updated_at = $7
  WHERE id = $1`;

/** The new licence has come. It carries nothing before somebody else has verified it. */
export async function receiveRenewal(client: PoolClient, change: ReceivedLicence): Promise<void> {
  const { renewalId, newNumber, newIssuedOn, newExpiresOn, actor, nowMs } = change;
  const { licenceId, expiresOn } = await lockFor(client, renewalId, 'received');
  const newEffectiveOn = change.newEffectiveOn ?? dayAfter(expiresOn ?? shanghaiDate(nowMs));
  const isDay = (one: string | null): boolean => one === null || dayOfDate(one) !== undefined;
  const isSpan = newExpiresOn === null || newExpiresOn >= newEffectiveOn;
  if (![newIssuedOn, newEffectiveOn, newExpiresOn].every(isDay) || !isSpan)
    throw new DomainError('licence.dates-wrong');
  await client.query(RECEIVE, [
    renewalId,
    newNumber,
    newIssuedOn,
    newEffectiveOn,
    newExpiresOn,
    actor,
    new Date(nowMs),
  ]);
  await touchLicence(client, { licenceId, nowMs });
}

const NEXT = `
  INSERT INTO licences (name, type_id, holder, number, issuer, issued_on, effective_on, expires_on, lead_days, review_days, categories,
    product_codes, platform_codes, territories, owner_email, recorded_by, verified_by, verified_at, version_no, previous_id,
    expiry_ladder, apply_ladder, next_at, remark)
  SELECT l.name, l.type_id, l.holder, r.new_number, l.issuer, r.new_issued_on, r.new_effective_on, r.new_expires_on, l.lead_days,
    l.review_days, l.categories, l.product_codes, l.platform_codes, l.territories, l.owner_email, r.received_by, $2, $3,
    l.version_no + 1, l.id, l.expiry_ladder, l.apply_ladder, $3, l.remark
  FROM licence_renewals r JOIN licences l ON l.id = r.licence_id WHERE r.id = $1 RETURNING id`;
const ACTIVATE = `
  UPDATE licence_renewals SET status = 'active', verified_by = $2, new_licence_id = $3, ended_at = $4, version = version + 1,
    updated_at = $4 WHERE id = $1`;

/**
 * A second person has verified the new licence: it follows the old one, with its scope and its owner. Throws `licence.own`,
 * `licence.renewal-not-open`.
 */
export async function activateRenewal(
  client: PoolClient,
  change: RenewalChange & Pick<Verification, 'registry' | 'note'>,
): Promise<string> {
  const { renewalId, actor, nowMs } = change;
  const { licenceId, receivedBy } = await lockFor(client, renewalId, 'active');
  if (receivedBy?.toLowerCase() === actor.toLowerCase()) throw new DomainError('licence.own');
  const now = new Date(nowMs);
  const made = await client.query<{ id: string }>(NEXT, [renewalId, actor, now]);
  const newId = made.rows[0]?.id ?? '';
  await client.query(ACTIVATE, [renewalId, actor, newId, now]);
  await logVerification(client, {
    ...change,
    licenceId: newId,
    result: 'confirmed',
    documentId: null,
  });
  await touchLicence(client, { licenceId: newId, nowMs });
  await touchLicence(client, { licenceId, nowMs });
  return newId;
}
