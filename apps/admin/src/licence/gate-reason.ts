import type { Pool, PoolClient } from 'pg';
import type { GateLack } from '#domain';
import { type Language, translate } from '#domain/i18n';

const LACKS = `
  SELECT DISTINCT t.name, l.lack ->> 'fault' AS fault FROM sale_gates g
  CROSS JOIN LATERAL jsonb_array_elements(g.lacks) AS l(lack) JOIN licence_types t ON t.id = (l.lack ->> 'typeId')::uuid
  WHERE g.product_id = $1 ORDER BY t.name`;

/** What stands in the way of selling a product, in words. */
export async function gateReason(
  client: Pick<Pool | PoolClient, 'query'>,
  language: Language,
  productId: string,
): Promise<string> {
  const { rows } = await client.query<{ name: string; fault: GateLack['fault'] }>(LACKS, [
    productId,
  ]);
  const reasons = rows.map(
    ({ name, fault }) => `${name}: ${translate(language, `enum.gateFault.${fault}`)}`,
  );
  return reasons.length > 0 ? reasons.join('; ') : translate(language, 'enum.saleVerdict.warn');
}
