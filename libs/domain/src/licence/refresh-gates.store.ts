import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { shanghaiDate } from '../shared/business-time.js';
import { applyGates } from './apply-gates.store.js';
import { readGateFacts, requiredFor, type GatePair } from './gate-facts.store.js';
import { saleGate, type GateLack, type SaleGateDays } from './sale-gate.js';

/** One at a time counts gates: nobody overwrites what another one has just read anew. */
const LOCK = 'SELECT pg_advisory_xact_lock(7702, 30)';

const KEPT = `
  SELECT id, product_id AS "productId", platform_id AS "platformId", sell_until::text AS "sellUntil",
    list_until::text AS "listUntil", fulfil_until::text AS "fulfilUntil", is_renewing AS "isRenewing",
    is_revoked AS "isRevoked", override_until AS "overrideUntil", lacks
  FROM sale_gates`;

const OVERRIDES = `
  SELECT product_id AS "productId", platform_id AS "platformId", max(ends_at) AS "endsAt" FROM gate_overrides
  WHERE starts_at <= $1 AND ends_at > $1 GROUP BY product_id, platform_id`;

const WRITE = `
  INSERT INTO sale_gates (product_id, platform_id, sell_until, list_until, fulfil_until, is_renewing, is_revoked, override_until,
    lacks, updated_at)
  VALUES ($1, $2, $3::date, $4::date, $5::date, $6, $7, $8, $9::jsonb, $10)
  ON CONFLICT (product_id#) DO UPDATE SET sell_until = excluded.sell_until, list_until = excluded.list_until,
    fulfil_until = excluded.fulfil_until, is_renewing = excluded.is_renewing, is_revoked = excluded.is_revoked,
    override_until = excluded.override_until, lacks = excluded.lacks, updated_at = excluded.updated_at`;
const WRITE_EVERYBODY = WRITE.replace('(product_id#)', '(product_id) WHERE platform_id IS NULL');
const WRITE_PLATFORM = WRITE.replace(
  '(product_id#)',
  '(product_id, platform_id) WHERE platform_id IS NOT NULL',
);

const NOTE = `
  INSERT INTO sale_gate_changes (product_id, platform_id, is_required, sell_until, override_until, lacks, created_at)
  VALUES ($1, $2, $3, $4::date, $5, $6::jsonb, $7)`;

interface KeptGate extends SaleGateDays {
  readonly id: string;
  readonly productId: string;
  readonly platformId: string | null;
  readonly overrideUntil: Date | null;
}

interface Override {
  readonly productId: string;
  readonly platformId: string | null;
  readonly endsAt: Date;
}

/**
 * Counts all gates anew from the register and the matrix, and takes products off sale or puts them back accordingly. Call it
 * in the transaction of whatever changes a licence, a requirement, an override or the category of a product. Answers how
 * many gates changed.
 */
export async function refreshGatesIn(client: PoolClient, nowMs: number): Promise<number> {
  await client.query(LOCK);
  const facts = await readGateFacts(client);
  const kept = await client.query<KeptGate>(KEPT);
  const overrides = await client.query<Override>(OVERRIDES, [new Date(nowMs)]);
  const today = shanghaiDate(nowMs);
  const left = new Map(kept.rows.map((gate) => [keyOf(gate), gate]));
  let changes = 0;
  for (const pair of facts.pairs) {
    const required = requiredFor(facts, pair);
    if (required.length === 0) continue;
    const days = saleGate(required, facts.licences, pair, today);
    const before = left.get(keyOf(pair));
    left.delete(keyOf(pair));
    const overrideUntil = days.isRevoked ? null : overrideOf(overrides.rows, pair);
    if (before && isSame(before, days, overrideUntil)) continue;
    await writeGate(client, pair, { ...days, overrideUntil, nowMs });
    changes += 1;
  }
  for (const gate of left.values()) await dropGate(client, gate, nowMs);
  await applyGates(client, nowMs);
  return changes + left.size;
}

export function refreshGates(pool: Pool, nowMs: number): Promise<number> {
  return inTransaction(pool, (client) => refreshGatesIn(client, nowMs));
}

const keyOf = (one: { readonly productId: string; readonly platformId: string | null }): string =>
  `${one.productId}/${one.platformId ?? ''}`;

/** The platform's own leave, or the one for everybody, whichever is longer. */
function overrideOf(overrides: readonly Override[], pair: GatePair): Date | null {
  const ends = overrides
    .filter(
      (one) =>
        one.productId === pair.productId &&
        (one.platformId === null || one.platformId === pair.platformId),
    )
    .map(({ endsAt }) => endsAt.getTime());
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}

function isSame(before: KeptGate, days: SaleGateDays, overrideUntil: Date | null): boolean {
  return (
    before.sellUntil === days.sellUntil &&
    before.listUntil === days.listUntil &&
    before.fulfilUntil === days.fulfilUntil &&
    before.isRenewing === days.isRenewing &&
    before.isRevoked === days.isRevoked &&
    (before.overrideUntil?.getTime() ?? null) === (overrideUntil?.getTime() ?? null) &&
    lacksText(before.lacks) === lacksText(days.lacks)
  );
}

const lacksText = (lacks: readonly GateLack[]): string =>
  lacks.map((one) => `${one.typeId} ${one.fault} ${one.licenceId ?? ''}`).join(';');

async function writeGate(
  client: PoolClient,
  pair: GatePair,
  gate: SaleGateDays & { readonly overrideUntil: Date | null; readonly nowMs: number },
): Promise<void> {
  const at = new Date(gate.nowMs);
  const lacks = JSON.stringify(gate.lacks);
  await client.query(pair.platformId === null ? WRITE_EVERYBODY : WRITE_PLATFORM, [
    pair.productId,
    pair.platformId,
    gate.sellUntil,
    gate.listUntil,
    gate.fulfilUntil,
    gate.isRenewing,
    gate.isRevoked,
    gate.overrideUntil,
    lacks,
    at,
  ]);
  await client.query(NOTE, [
    pair.productId,
    pair.platformId,
    true,
    gate.sellUntil,
    gate.overrideUntil,
    lacks,
    at,
  ]);
}

/** Nothing is required any more. */
async function dropGate(client: PoolClient, gate: KeptGate, nowMs: number): Promise<void> {
  await client.query('DELETE FROM sale_gates WHERE id = $1', [gate.id]);
  await client.query(NOTE, [
    gate.productId,
    gate.platformId,
    false,
    null,
    null,
    '[]',
    new Date(nowMs),
  ]);
}
