import type { PoolClient } from 'pg';
import { mayGoOnSaleIn } from '../catalog/going-on-sale.store.js';
import { shanghaiDate } from '../shared/business-time.js';
import { writeAudit } from '../staff/audit.store.js';
import { isShutSql } from './gate-sql.js';
import type { GateLack } from './sale-gate.js';

/** A product that nobody may be sold: every gate of it is shut, and one of them stands for everybody. */
const SHUT = `
  SELECT g.product_id AS id, jsonb_agg(DISTINCT l.lack) AS lacks FROM sale_gates g
  LEFT JOIN LATERAL jsonb_array_elements(g.lacks) AS l(lack) ON true
  GROUP BY g.product_id
  HAVING bool_and(${isShutSql('g', '$1::date', '$2::timestamptz')}) AND bool_or(g.platform_id IS NULL)`;

const TO_STOP = `
  SELECT p.id, s.lacks FROM (${SHUT}) AS s JOIN products p ON p.id = s.id
  WHERE p.status = 'on-sale' ORDER BY p.code`;

/** A stop whose product is no longer off sale was ended by somebody else. */
const TO_END = `
  SELECT t.id, t.product_id AS "productId", p.status = 'off-sale' AS "isOff",
    EXISTS (SELECT 1 FROM sale_gates g WHERE g.product_id = p.id AND g.override_until > $2 AND g.sell_until < $1::date) AS "isOverridden"
  FROM sale_stops t JOIN products p ON p.id = t.product_id
  WHERE t.ended_at IS NULL AND (p.status <> 'off-sale' OR NOT EXISTS (SELECT 1 FROM (${SHUT}) AS s WHERE s.id = p.id))`;

const STOP = `
  INSERT INTO sale_stops (product_id, lacks, stopped_at) VALUES ($1, $2::jsonb, $3)
  ON CONFLICT (product_id) WHERE ended_at IS NULL DO UPDATE SET lacks = excluded.lacks`;
const END = 'UPDATE sale_stops SET ended_at = $2, ended_how = $3 WHERE id = $1';
const MOVE = `
  UPDATE products SET status = $2, version = version + 1, updated_at = $3 WHERE id = $1 AND status = $4 RETURNING id`;

/** Takes off sale what may be sold to nobody, and puts back what was taken off here and may be sold again. */
export async function applyGates(client: PoolClient, nowMs: number): Promise<number> {
  const now = [shanghaiDate(nowMs), new Date(nowMs)];
  const stops = await client.query<{ id: string; lacks: GateLack[] }>(TO_STOP, now);
  for (const { id, lacks } of stops.rows)
    if (await move(client, id, { from: 'on-sale', to: 'off-sale', nowMs }))
      await client.query(STOP, [
        id,
        JSON.stringify(lacks.filter((one) => one !== null)),
        new Date(nowMs),
      ]);
  const ends = await client.query<{
    id: string;
    productId: string;
    isOff: boolean;
    isOverridden: boolean;
  }>(TO_END, now);
  let back = 0;
  for (const { id, productId, isOff, isOverridden } of ends.rows) {
    if (isOff && !(await putBack(client, productId, nowMs))) continue;
    const how = isOff ? (isOverridden ? 'override' : 'covered') : 'staff';
    await client.query(END, [id, new Date(nowMs), how]);
    back += 1;
  }
  return stops.rows.length + back;
}

/** What lacks a price or a source meanwhile stays off sale. It is no new listing: a renewal that nobody has asked for does not hinder it. */
async function putBack(client: PoolClient, productId: string, nowMs: number): Promise<boolean> {
  const { lacks } = await mayGoOnSaleIn(client, productId, nowMs);
  if (lacks !== undefined && lacks !== 'licence') return false;
  return move(client, productId, { from: 'off-sale', to: 'on-sale', nowMs });
}

async function move(
  client: PoolClient,
  productId: string,
  { from, to, nowMs }: { readonly from: string; readonly to: string; readonly nowMs: number },
): Promise<boolean> {
  const moved = await client.query(MOVE, [productId, to, new Date(nowMs), from]);
  if (moved.rowCount !== 1) return false;
  await writeAudit(client, {
    staffEmail: 'system',
    action: to === 'off-sale' ? 'stopSale' : 'resumeSale',
    resource: 'Product',
    recordId: productId,
    before: { status: from },
    after: { status: to },
    requestId: 'sales-gate',
    address: null,
  });
  return true;
}
