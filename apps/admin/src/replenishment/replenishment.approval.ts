import { z } from 'zod';
import { HAO_PER_YUAN } from '#domain';
import { translate } from '#domain/i18n';
import { approveReplenishment } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';

const ALONE_UP_TO_HAO = 2_000 * HAO_PER_YUAN;
const OWNER_ABOVE_HAO = 100_000 * HAO_PER_YUAN;

const READ = `
  SELECT r.quantity, r.received_quantity, r.max_cost_hao, r.budget_hao, p.id, p.name
  FROM replenishments r JOIN products p ON p.id = r.product_id WHERE r.id = $1`;

interface Row {
  readonly quantity: number;
  readonly received_quantity: number;
  readonly max_cost_hao: string;
  readonly budget_hao: string;
  readonly id: string;
  readonly name: string;
}

/** A purchase of stock that may cost more than one person decides. */
export const replenishmentApproval = approvalHandler({
  kind: 'replenishment',
  permission: 'supply.approve',
  limit: { aloneUpToHao: ALONE_UP_TO_HAO, ownerAboveHao: OWNER_ABOVE_HAO },
  action: 'replenish',
  done: 'replenishmentAsked',
  repeated: 'replenishmentAsked',
  payload: z.strictObject({ replenishmentId: z.string() }),
  facts: async ({ replenishmentId }, { pool, language }) => {
    const { rows } = await pool.query<Row>(READ, [replenishmentId]);
    const row = rows[0];
    if (!row) return [];
    const label = (name: 'quantity' | 'maxCostHao' | 'budgetHao'): string =>
      translate(language, `field.Replenishment.${name}`);
    return [
      {
        label: translate(language, 'entity.Product'),
        after: row.name,
        to: recordPage('Product', row.id),
      },
      { label: label('quantity'), after: shownCount(row.quantity) },
      { label: label('maxCostHao'), after: shownAmount(Number(row.max_cost_hao)) },
      { label: label('budgetHao'), after: shownAmount(Number(row.budget_hao)) },
    ];
  },
  carryOut: async ({ replenishmentId }, { client, nowMs }) => ({
    isNew: await approveReplenishment(client, { replenishmentId, nowMs }),
  }),
  audited: ({ replenishmentId }) => ({ replenishmentId }),
});
