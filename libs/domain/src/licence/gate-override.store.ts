import type { PoolClient } from 'pg';
import { HOUR_MS } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { refreshGatesIn } from './refresh-gates.store.js';
import { saleVerdict, type SaleGateNow } from './sale-gate.js';

export const OVERRIDE_HOURS_MAX = 72;

const GATES = `
  SELECT sell_until::text AS "sellUntil", list_until::text AS "listUntil", fulfil_until::text AS "fulfilUntil",
    is_renewing AS "isRenewing", is_revoked AS "isRevoked", NULL AS "overrideUntilMs"
  FROM sale_gates WHERE product_id = $1 AND ($2::uuid IS NULL OR platform_id = $2 OR platform_id IS NULL)`;

/** Whether two people may let this product be sold now. Throws `override.revoked`, `override.not-blocked`. */
export async function requireOverridable(
  client: Pick<PoolClient, 'query'>,
  of: { readonly productId: string; readonly platformId: string | null },
  nowMs: number,
): Promise<void> {
  const { rows } = await client.query<SaleGateNow & { isRevoked: boolean }>(GATES, [
    of.productId,
    of.platformId,
  ]);
  const shut = rows.filter((gate) => saleVerdict(gate, nowMs) === 'blocked');
  if (shut.length === 0) throw new DomainError('override.not-blocked');
  if (shut.some(({ isRevoked }) => isRevoked)) throw new DomainError('override.revoked');
}

const WRITE = `
  INSERT INTO gate_overrides (product_id, platform_id, starts_at, ends_at, reason, asked_by, approved_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

/** Lets a product be sold for a while; its gates open in the same transaction. */
export async function overrideGate(
  client: PoolClient,
  override: {
    readonly productId: string;
    readonly platformId: string | null;
    readonly hours: number;
    readonly reason: string;
    readonly askedBy: string;
    readonly approvedBy: string;
    readonly nowMs: number;
  },
): Promise<void> {
  const { productId, platformId, hours, reason, askedBy, approvedBy, nowMs } = override;
  await refreshGatesIn(client, nowMs);
  await requireOverridable(client, override, nowMs);
  const ends = new Date(nowMs + Math.min(hours, OVERRIDE_HOURS_MAX) * HOUR_MS);
  await client.query(WRITE, [
    productId,
    platformId,
    new Date(nowMs),
    ends,
    reason,
    askedBy,
    approvedBy,
  ]);
  await refreshGatesIn(client, nowMs);
}
