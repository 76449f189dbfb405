import type { PoolClient } from 'pg';
import { ASKED_RENEWALS_SQL } from './renewal-status.js';
import type { HeldLicence, RequiredLicence } from './sale-gate.js';

/** A product with the platform that a gate is about. */
export interface GatePair {
  readonly productId: string;
  readonly productCode: string;
  readonly category: string;
  readonly platformId: string | null;
  readonly platformCode: string | null;
}

/** A line of the matrix as it is kept. */
interface Requirement extends RequiredLicence {
  readonly category: string | null;
  readonly productId: string | null;
  readonly platformId: string | null;
}

export interface GateFacts {
  readonly requirements: readonly Requirement[];
  readonly licences: readonly HeldLicence[];
  readonly pairs: readonly GatePair[];
}

const REQUIREMENTS = `
  SELECT r.type_id AS "typeId", t.is_upstream AS "isUpstream", r.holder, r.territory, r.category, r.product_id AS "productId",
    r.platform_id AS "platformId"
  FROM licence_requirements r JOIN licence_types t ON t.id = r.type_id WHERE r.is_active`;

/** Nobody asks for the licences that have been given back. */
export const HELD_LICENCES = `
  SELECT l.id, l.type_id AS "typeId", l.holder, l.standing, l.verified_at IS NOT NULL AS "isVerified",
    l.effective_on::text AS "effectiveOn", l.expires_on::text AS "expiresOn", l.apply_by::text AS "applyBy",
    EXISTS (SELECT 1 FROM licence_renewals n WHERE n.licence_id = l.id AND n.status IN ${ASKED_RENEWALS_SQL}) AS "isRenewing",
    l.categories, l.product_codes AS "productCodes", l.platform_codes AS "platformCodes", l.territories
  FROM licences l WHERE l.standing <> 'surrendered'`;

/**
 * A gate for everybody, and one of its own for each platform that some requirement or some scope names: whoever is named
 * nowhere is everybody, so that a platform which comes tomorrow is not forgotten.
 */
const PAIRS = `
  WITH wanted AS (
    SELECT DISTINCT p.id, p.code, p.category FROM products p JOIN licence_requirements r
      ON r.is_active AND (r.product_id = p.id OR (r.product_id IS NULL AND r.category = p.category)
        OR (r.product_id = p.id AND r.category = p.category))
    WHERE p.status <> 'retired'
  ), named AS (
    SELECT id, code FROM platforms f WHERE EXISTS (SELECT 1 FROM licence_requirements r WHERE r.is_active AND r.platform_id = f.id)
      OR EXISTS (SELECT 1 FROM licences l WHERE f.code = ANY(l.platform_codes))
  )
  SELECT w.id AS "productId", w.code AS "productCode", w.category, f.id AS "platformId", f.code AS "platformCode"
  FROM wanted w CROSS JOIN (SELECT id, code FROM named UNION ALL SELECT NULL::uuid, NULL) AS f`;

export async function readGateFacts(client: Pick<PoolClient, 'query'>): Promise<GateFacts> {
  const requirements = await client.query<Requirement>(REQUIREMENTS);
  if (requirements.rows.length === 0) return { requirements: [], licences: [], pairs: [] };
  const licences = await client.query<HeldLicence>(HELD_LICENCES);
  const pairs = await client.query<GatePair>(PAIRS);
  return { requirements: requirements.rows, licences: licences.rows, pairs: pairs.rows };
}

/** The lines of the matrix that a pair must satisfy. */
export function requiredFor(facts: GateFacts, pair: GatePair): readonly RequiredLicence[] {
  return facts.requirements.filter(
    (one) =>
      (one.productId === null
        ? one.category === pair.category
        : one.productId === pair.productId) &&
      (one.category === null || one.category === pair.category) &&
      (one.platformId === null || one.platformId === pair.platformId),
  );
}
