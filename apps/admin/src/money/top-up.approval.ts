import { z } from 'zod';
import { HAO_PER_YUAN } from '#domain';
import { translate } from '#domain/i18n';
import { bookTopUpIn, readPlatformBalance } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount } from '../resource/shown-amount.js';

const ALONE_UP_TO_HAO = 50_000 * HAO_PER_YUAN;
const OWNER_ABOVE_HAO = 500_000 * HAO_PER_YUAN;

/** A prepayment that finance has seen at the bank. */
export const topUpApproval = approvalHandler({
  kind: 'platform-top-up',
  permission: 'money.approve',
  limit: { aloneUpToHao: ALONE_UP_TO_HAO, ownerAboveHao: OWNER_ABOVE_HAO },
  action: 'recordTopUp',
  done: 'topUpRecorded',
  repeated: 'topUpRepeated',
  payload: z.strictObject({
    platformId: z.uuid(),
    amountHao: z.int().positive(),
    note: z.string(),
  }),
  facts: async ({ platformId, amountHao, note }, { pool, language }) => {
    const { rows } = await pool.query<{ name: string }>(
      'SELECT name FROM platforms WHERE id = $1',
      [platformId],
    );
    const { balanceHao } = await readPlatformBalance(pool, platformId);
    return [
      {
        label: translate(language, 'entity.Platform'),
        after: rows[0]?.name ?? '',
        to: recordPage('Platform', platformId),
      },
      {
        label: translate(language, 'field.LedgerAccount.balanceHao'),
        before: shownAmount(balanceHao),
        after: shownAmount(balanceHao + amountHao),
      },
      { label: translate(language, 'page.topUp.note'), after: note },
    ];
  },
  carryOut: async ({ platformId, amountHao, note }, { client, key, askedBy }) => {
    const memo = `${note} · ${askedBy}`;
    const booked = await bookTopUpIn(client, { platformId, amountHao, key, memo });
    return { isNew: booked.isNew, answer: { balance: shownAmount(booked.balanceHao) } };
  },
  audited: ({ amountHao }) => ({ amount: shownAmount(amountHao) }),
});
