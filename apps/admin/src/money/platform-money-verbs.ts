import type { Pool } from 'pg';
import { isReversibleByHand, mayStaff, type EntryKind } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const amount = { name: 'amount', label: 'topUp.amount' } as const;
const payer = { name: 'payer', label: 'topUp.payer' } as const;
const reason = { name: 'reason', label: 'common.reason' } as const;

/** Money of a platform: in, back, granted, and its deposit. */
export function platformMoneyVerbs(platformId: string): readonly Verb[] {
  const verb = (
    name: string,
    path: string,
    hint: string,
    fields: NonNullable<Verb['fields']>,
  ): Verb => ({
    name,
    path: `platforms/${platformId}/${path}`,
    kind: 'post',
    tone: 'plain',
    hint: `topUp.${hint}`,
    fields,
    hasFormKey: true,
  });
  return [
    verb('recordTopUp', 'top-up', 'hint', [
      amount,
      { name: 'receiptNo', label: 'topUp.receiptNo' },
      payer,
    ]),
    verb('payOut', 'payout', 'payoutHint', [amount, payer, reason]),
    verb('grantBalance', 'grant', 'grantHint', [
      amount,
      { name: 'expiresOn', label: 'topUp.expiresOn' },
      reason,
    ]),
    verb('receiveDeposit', 'deposit-received', 'receiveDepositHint', [amount, reason]),
    verb('returnDeposit', 'deposit-returned', 'returnDepositHint', [amount, reason]),
    verb('useDeposit', 'deposit-used', 'useDepositHint', [amount, reason]),
  ];
}

/** An entry that a person may correct is reversed from its page, once. */
export async function entryVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'money.write')) return [];
  const { rows } = await pool.query<{ kind: EntryKind; is_reversed: boolean }>(
    `SELECT kind, EXISTS (SELECT 1 FROM ledger_entries r WHERE r.reverses_entry_id = e.id) AS is_reversed
     FROM ledger_entries e WHERE id = $1`,
    [id],
  );
  const entry = rows[0];
  if (!entry || entry.is_reversed || !isReversibleByHand(entry.kind)) return [];
  return [
    {
      name: 'reverseEntry',
      path: `ledger/entries/${id}/reverse`,
      kind: 'post',
      tone: 'danger',
      hint: 'ledger.reverseHint',
      fields: [reason],
      hasFormKey: true,
    },
  ];
}
