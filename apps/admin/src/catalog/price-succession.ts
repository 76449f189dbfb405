import type { QueryRunner } from 'typeorm';
import { writeAudit } from '#domain/stores';
import { clientOf } from '../resource/record-writer.js';
import type { FieldValues, PanelStaff } from '../resource/resource-definition.js';
import { FaultyFields } from '../resource/save-errors.js';
import { shanghaiTime } from '../resource/shanghai-time.js';

interface OpenPrice {
  readonly id: string;
  readonly product_id: string;
  readonly valid_from: Date;
  readonly is_open: boolean;
}

const READ = `
  SELECT id, product_id, valid_from, valid_to IS NULL AS is_open FROM prices WHERE id = $1`;
/** Who changes prices of a product at the same moment does so one after the other. */
const LOCK = 'SELECT 1 FROM products WHERE id = $1 FOR UPDATE';
const OTHERS = `
  SELECT o.id, o.product_id, o.valid_from, true AS is_open
  FROM prices o JOIN prices p ON p.id = $1
  WHERE o.id <> p.id AND o.product_id = p.product_id AND o.platform_id IS NOT DISTINCT FROM p.platform_id
    AND o.min_quantity = p.min_quantity AND o.max_quantity IS NOT DISTINCT FROM p.max_quantity AND o.valid_to IS NULL`;
const END = `
  UPDATE prices SET valid_to = $2, version = version + 1, updated_at = now() WHERE id = $1`;

/**
 * An open-ended price takes the place of the one before it, which ends where the new one begins: of one product, platform
 * and range of quantities, only one price is without an end. One that begins with or after the new price would be hidden
 * by it or hide it, so that is refused.
 */
export async function succeedPrice(
  runner: QueryRunner,
  priceId: string,
  staff: PanelStaff,
): Promise<void> {
  const client = await clientOf(runner.manager);
  const price = (await client.query<OpenPrice>(READ, [priceId])).rows[0];
  if (!price?.is_open) return;
  await client.query(LOCK, [price.product_id]);
  const { rows: others } = await client.query<OpenPrice>(OTHERS, [priceId]);
  const later = others.find((other) => other.valid_from >= price.valid_from);
  if (later)
    throw new FaultyFields({
      validFrom: { notice: 'laterPrice', params: { from: shanghaiTime(later.valid_from) } },
    });
  const validTo = shanghaiTime(price.valid_from);
  for (const { id } of others) {
    await client.query(END, [id, price.valid_from]);
    await writeAudit(client, {
      staffEmail: staff.email,
      action: 'edit',
      resource: 'Price',
      recordId: id,
      before: { validTo: null },
      after: { validTo },
      requestId: staff.requestId,
      address: staff.address,
    });
  }
}

export const succeedAfterCreate = (
  runner: QueryRunner,
  price: FieldValues,
  staff: PanelStaff,
): Promise<void> => succeedPrice(runner, String(price['id']), staff);

export const succeedAfterEdit = (
  runner: QueryRunner,
  edit: { readonly recordId: string },
  staff: PanelStaff,
): Promise<void> => succeedPrice(runner, edit.recordId, staff);
