import type { PoolClient } from 'pg';
import { reverseForParty } from './reconciliation-entry.store.js';
import { withdrawDifferences } from './withdraw-difference.store.js';

export interface NewVersion {
  readonly partyId: string;
  readonly statementId: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly nowMs: number;
}

export interface VersionDiff {
  readonly versionNo: number;
  readonly addedCount: number;
  readonly changedCount: number;
  readonly removedCount: number;
}

/** Whoever changes what belongs to a party's statements holds this, to the end of the transaction. */
export async function lockParty(client: PoolClient, partyId: string): Promise<void> {
  await client.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('reconcile:' || $1::text, 0))`,
    [partyId],
  );
}

/** Statements are long: their lines are joined by hashing, not one by one. */
export const WHOLE_TABLES = `SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on; SET LOCAL enable_seqscan = on;
  SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL statement_timeout = '10min'; SET LOCAL idle_in_transaction_session_timeout = 0`;

const PAIRS = `
  CREATE TEMP TABLE version_pairs ON COMMIT DROP AS
  WITH lines AS (
    SELECT id, statement_id, type || '|' || coalesce(our_no, '') || '|' || coalesce(their_no, '') AS key,
      md5(concat_ws('|', amount_hao, fee_hao, coalesce(status, '-'), currency, product_code, quantity, occurred_at)) AS content,
      row_number() OVER (PARTITION BY statement_id, type, coalesce(our_no, ''), coalesce(their_no, '') ORDER BY line_no) AS no
    FROM external_lines WHERE statement_id IN ($1, $2)
  )
  SELECT o.id AS old_id, n.id AS new_id, o.content = n.content AS is_same
  FROM (SELECT * FROM lines WHERE statement_id = $1) o
  FULL JOIN (SELECT * FROM lines WHERE statement_id = $2) n ON n.key = o.key AND n.no = o.no`;

/** Lines that are the same keep what was found out about them. */
const KEEP = [
  `UPDATE external_lines n SET state = o.state, pass_count = o.pass_count, next_pass_at = o.next_pass_at, change = 'same'
   FROM version_pairs p JOIN external_lines o ON o.id = p.old_id WHERE p.is_same AND n.id = p.new_id`,
  `UPDATE external_lines n SET change = 'changed' FROM version_pairs p WHERE n.id = p.new_id AND NOT p.is_same`,
  `UPDATE reconciliation_matches m SET line_id = p.new_id FROM version_pairs p WHERE p.is_same AND m.line_id = p.old_id`,
  `UPDATE reconciliation_matches m SET our_key = p.new_id FROM version_pairs p
   WHERE p.is_same AND m.our_kind = 'line' AND m.our_key = p.old_id`,
  `UPDATE reconciliation_differences d SET line_id = p.new_id, key = replace(d.key, 'line:' || p.old_id || ':', 'line:' || p.new_id || ':')
   FROM version_pairs p WHERE p.is_same AND d.line_id = p.old_id`,
];

/**
 * Makes a statement the newest version of its period. Lines that are as before keep their matches and differences; those
 * that changed or are gone give back what they had used, with the entries that were booked for them.
 */
export async function takeOverVersion(
  client: PoolClient,
  version: NewVersion,
): Promise<VersionDiff> {
  const { partyId, statementId, period } = version;
  await lockParty(client, partyId);
  const { rows } = await client.query<{ id: string; version_no: number; is_current: boolean }>(
    `SELECT id, version_no, status <> 'superseded' AS is_current FROM external_statements
     WHERE party_id = $1 AND period_from = $2 AND period_to = $3 AND status NOT IN ('running', 'refused')
     ORDER BY version_no DESC LIMIT 1 FOR UPDATE`,
    [partyId, period.from, period.to],
  );
  const before = rows[0];
  if (!before) return { versionNo: 1, addedCount: 0, changedCount: 0, removedCount: 0 };
  await client.query(WHOLE_TABLES);
  await client.query(PAIRS, [before.id, statementId]);
  await client.query('ANALYZE version_pairs');
  for (const statement of KEEP) await client.query(statement);
  const goneIds = await letGo(client, version, before.version_no + 1);
  await client.query(`UPDATE external_lines SET state = 'gone' WHERE statement_id = $1`, [
    before.id,
  ]);
  await handOver(client, before.id, version);
  const counts = await client.query<{ added: number; changed: number }>(
    `SELECT count(*) FILTER (WHERE old_id IS NULL)::int AS added,
       count(*) FILTER (WHERE NOT is_same)::int AS changed FROM version_pairs`,
  );
  await client.query('DROP TABLE version_pairs');
  const { added = 0, changed = 0 } = counts.rows[0] ?? {};
  return {
    versionNo: before.version_no + 1,
    addedCount: added,
    changedCount: changed,
    removedCount: goneIds.length - changed,
  };
}

/** What belongs to the statement as a whole goes on with the new version. */
async function handOver(
  client: PoolClient,
  oldId: string,
  { statementId: newId, nowMs }: NewVersion,
): Promise<void> {
  await client.query(
    `UPDATE external_statements n SET replaces_id = o.id, fee_booked_hao = o.fee_booked_hao, rounding_hao = o.rounding_hao
     FROM external_statements o WHERE o.id = $1 AND n.id = $2`,
    [oldId, newId],
  );
  await client.query(
    `UPDATE reconciliation_differences SET statement_id = $2 WHERE statement_id = $1 AND status <> 'superseded'`,
    [oldId, newId],
  );
  await withdrawDifferences(client, {
    where: { key: `statement:${oldId}:payout` },
    to: 'superseded',
    why: 'newer version of the statement',
    nowMs,
  });
  await client.query(
    `UPDATE external_statements SET status = 'superseded', next_pass_at = NULL, updated_at = now(), version = version + 1
     WHERE id = $1`,
    [oldId],
  );
}

async function letGo(
  client: PoolClient,
  { nowMs }: NewVersion,
  versionNo: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ old_id: string }>(
    `SELECT old_id FROM version_pairs WHERE old_id IS NOT NULL AND is_same IS NOT TRUE`,
  );
  const ids = rows.map((row) => row.old_id);
  if (ids.length === 0) return ids;
  const why = `version ${versionNo} of the statement`;
  await withdrawDifferences(client, { where: { lineIds: ids }, to: 'superseded', why, nowMs });
  const rounded = await client.query<{ id: string }>(
    `SELECT e.id FROM ledger_entries e JOIN unnest($1::bigint[]) AS l(id) ON e.idempotency_key = 'line:' || l.id || ':rounding'`,
    [ids],
  );
  for (const { id } of rounded.rows)
    await reverseForParty(client, { entryId: id, memo: why, nowMs });
  await client.query(
    `UPDATE external_lines SET state = 'waiting', next_pass_at = $2 WHERE id IN (
       SELECT our_key FROM reconciliation_matches WHERE our_kind = 'line' AND line_id = ANY($1::bigint[]) AND status <> 'refused'
       UNION SELECT line_id FROM reconciliation_matches WHERE our_kind = 'line' AND our_key = ANY($1::bigint[]) AND status <> 'refused')`,
    [ids, new Date(nowMs)],
  );
  await client.query(
    `UPDATE reconciliation_matches SET status = 'refused', decided_by = $2
     WHERE status <> 'refused' AND (line_id = ANY($1::bigint[]) OR (our_kind = 'line' AND our_key = ANY($1::bigint[])))`,
    [ids, why],
  );
  return ids;
}
