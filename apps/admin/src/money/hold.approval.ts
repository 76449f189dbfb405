import { z } from 'zod';
import { STANDARD_LIMIT } from '#domain';
import { translate } from '#domain/i18n';
import { endHold } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount } from '../resource/shown-amount.js';

/** Money of a platform that was set apart becomes ours; the rest of the hold goes back. */
export const holdApproval = approvalHandler({
  kind: 'hold-posting',
  permission: 'money.approve',
  limit: STANDARD_LIMIT,
  action: 'postHold',
  done: 'holdPosted',
  repeated: 'moneyRepeated',
  payload: z.strictObject({ holdId: z.string(), amountHao: z.int().positive() }),
  facts: async ({ holdId, amountHao }, { pool, language }) => {
    const { rows } = await pool.query<{ name: string; amount_hao: string; reason: string }>(
      `SELECT p.name, h.amount_hao, h.reason FROM balance_holds h JOIN platforms p ON p.id = h.platform_id WHERE h.id = $1`,
      [holdId],
    );
    const hold = rows[0];
    if (!hold) return [];
    const heldHao = Number(hold.amount_hao);
    return [
      {
        label: translate(language, 'entity.BalanceHold'),
        after: `${hold.name} · ${hold.reason}`,
        to: recordPage('BalanceHold', holdId),
      },
      {
        label: translate(language, 'field.BalanceHold.postedHao'),
        after: `${shownAmount(amountHao)} / ${shownAmount(heldHao)}`,
      },
      {
        label: translate(language, 'page.ledger.holdRest'),
        after: shownAmount(Math.max(0, heldHao - amountHao)),
      },
    ];
  },
  carryOut: async ({ holdId, amountHao }, { client, reason, nowMs }) => {
    const end = { id: holdId, to: 'posted', postedHao: amountHao, memo: reason, nowMs } as const;
    return { isNew: await endHold(client, end) };
  },
  audited: ({ amountHao }) => ({ amount: shownAmount(amountHao) }),
});
