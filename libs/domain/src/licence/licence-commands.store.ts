import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import { shanghaiDate } from '../shared/business-time.js';
import type { LicenceStanding, VerificationResult } from './licence-kinds.js';
import { touchLicence, type LicenceChange } from './record-licence.store.js';

export interface Verification extends LicenceChange {
  readonly result: VerificationResult;
  readonly registry: string;
  readonly note: string | null;
  readonly documentId: string | null;
}

interface LockedLicence {
  readonly standing: LicenceStanding;
  readonly recordedBy: string;
  readonly isVerified: boolean;
}

const LOCK = `
  SELECT standing, recorded_by AS "recordedBy", verified_at IS NOT NULL AS "isVerified" FROM licences WHERE id = $1 FOR UPDATE`;

async function lockLicence(client: PoolClient, licenceId: string): Promise<LockedLicence> {
  const { rows } = await client.query<LockedLicence>(LOCK, [licenceId]);
  const [row] = rows;
  if (!row) throw new DomainError('licence.not-found');
  return row;
}

const LOG = `
  INSERT INTO licence_verifications (licence_id, result, registry, note, document_id, verified_by, created_at)
  VALUES ($1, $2, $3, $4, (SELECT id FROM licence_documents WHERE id = $5 AND licence_id = $1), $6, $7)`;
const VERIFIED = `
  UPDATE licences SET verified_by = $2, verified_at = $3, version = version + 1, updated_at = $3
  WHERE id = $1 AND verified_at IS NULL`;

export async function logVerification(client: PoolClient, command: Verification): Promise<void> {
  const { licenceId, result, registry, note, documentId, actor, nowMs } = command;
  await client.query(LOG, [licenceId, result, registry, note, documentId, actor, new Date(nowMs)]);
}

/**
 * Somebody has compared a licence with a registry. The first time it agrees it carries sales from then on, if that was not
 * whoever recorded it: `licence.own`. Later looks are only kept.
 */
export async function verifyLicence(client: PoolClient, command: Verification): Promise<void> {
  const licence = await lockLicence(client, command.licenceId);
  const isFirst = !licence.isVerified && command.result === 'confirmed';
  if (isFirst && isSame(licence.recordedBy, command.actor)) throw new DomainError('licence.own');
  await logVerification(client, command);
  if (isFirst)
    await client.query(VERIFIED, [command.licenceId, command.actor, new Date(command.nowMs)]);
  await touchLicence(client, command);
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** From each standing, those that may follow; what was revoked or given back stays so. */
const STANDING_MOVES: Readonly<Record<LicenceStanding, readonly LicenceStanding[]>> = {
  'in-force': ['suspended', 'revoked', 'surrendered'],
  suspended: ['in-force', 'revoked', 'surrendered'],
  revoked: [],
  surrendered: [],
};

/** What an authority or a partner has said of a licence; gates follow in the same transaction. Throws `licence.not-open`. */
export async function changeStanding(
  client: PoolClient,
  change: LicenceChange & { readonly to: LicenceStanding },
): Promise<void> {
  const { standing } = await lockLicence(client, change.licenceId);
  if (!STANDING_MOVES[standing].includes(change.to)) throw new DomainError('licence.not-open');
  await client.query(
    'UPDATE licences SET standing = $2, version = version + 1, updated_at = $3 WHERE id = $1',
    [change.licenceId, change.to, new Date(change.nowMs)],
  );
  await touchLicence(client, change);
}

/** Somebody has looked at a licence today: the next look counts from here. */
export async function reviewLicence(client: PoolClient, change: LicenceChange): Promise<void> {
  await lockLicence(client, change.licenceId);
  await client.query(
    'UPDATE licences SET reviewed_on = $2::date, version = version + 1, updated_at = $3 WHERE id = $1',
    [change.licenceId, shanghaiDate(change.nowMs), new Date(change.nowMs)],
  );
  await touchLicence(client, change);
}
