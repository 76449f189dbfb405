import type { Pool } from 'pg';
import { z } from 'zod';
import { isReversibleByHand, STANDARD_LIMIT } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { bookEntry, closePeriod, reverseEntry } from '#domain/stores';
import {
  approvalHandler,
  type ApprovalFact,
  type ApprovalHandler,
} from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount } from '../resource/shown-amount.js';

const ALWAYS = { ...STANDARD_LIMIT, aloneUpToHao: null } as const;
const lines = z
  .array(z.strictObject({ accountId: z.uuid(), amountHao: z.int() }))
  .min(2)
  .max(20);
const signed = (hao: number): string => (hao > 0 ? `+${shownAmount(hao)}` : shownAmount(hao));

/** Each account with what is posted to it. */
async function lineFacts(
  pool: Pool,
  language: Language,
  posted: readonly { readonly accountId: string; readonly amountHao: number }[],
): Promise<readonly ApprovalFact[]> {
  const { rows } = await pool.query<{ id: string; code: string; kind: string }>(
    'SELECT id, code, kind FROM ledger_accounts WHERE id = ANY($1::uuid[])',
    [posted.map(({ accountId }) => accountId)],
  );
  return posted.map(({ accountId, amountHao }) => ({
    label: rows.find(({ id }) => id === accountId)?.code ?? accountId,
    after: `${translate(language, amountHao > 0 ? 'page.ledger.debit' : 'page.ledger.credit')} ${shownAmount(Math.abs(amountHao))}`,
    to: recordPage('LedgerAccount', accountId),
  }));
}

const manual = approvalHandler({
  kind: 'manual-entry',
  permission: 'money.approve',
  limit: ALWAYS,
  action: 'manualEntry',
  done: 'entryBooked',
  repeated: 'moneyRepeated',
  payload: z.strictObject({ lines, effectiveMs: z.int().nullable() }),
  facts: (payload, { pool, language }) => lineFacts(pool, language, payload.lines),
  carryOut: async (payload, act) => {
    const { isNew } = await bookEntry(act.client, {
      key: `manual:${act.key}`,
      kind: 'manual',
      orderId: null,
      attemptId: null,
      memo: `${act.reason} · ${act.askedBy}`.slice(0, 200),
      lines: payload.lines,
      ...(payload.effectiveMs === null ? {} : { effectiveMs: payload.effectiveMs }),
      nowMs: act.nowMs,
    });
    return { isNew };
  },
  audited: (payload) => ({
    lines: payload.lines.map(({ amountHao }) => signed(amountHao)).join(', '),
  }),
});

const reversal = approvalHandler({
  kind: 'entry-reversal',
  permission: 'money.approve',
  limit: STANDARD_LIMIT,
  action: 'reverseEntry',
  done: 'entryReversed',
  repeated: 'moneyRepeated',
  payload: z.strictObject({ entryId: z.string().regex(/^\d{1,18}$/) }),
  facts: async ({ entryId }, { pool, language }) => {
    const { rows } = await pool.query<{ account_id: string; amount: string; memo: string | null }>(
      `SELECT p.account_id, (-p.amount_hao)::text AS amount, e.memo FROM ledger_postings p
       JOIN ledger_entries e ON e.id = p.entry_id WHERE p.entry_id = $1 ORDER BY p.line_no`,
      [entryId],
    );
    return [
      {
        label: translate(language, 'field.LedgerEntry.reversesEntryId'),
        after: rows[0]?.memo ?? entryId,
        to: recordPage('LedgerEntry', entryId),
      },
      ...(await lineFacts(
        pool,
        language,
        rows.map((row) => ({ accountId: row.account_id, amountHao: Number(row.amount) })),
      )),
    ];
  },
  carryOut: async ({ entryId }, act) => {
    const { isNew } = await reverseEntry(act.client, {
      entryId,
      reason: `${act.reason} · ${act.askedBy}`.slice(0, 200),
      nowMs: act.nowMs,
      allows: isReversibleByHand,
    });
    return { isNew };
  },
  audited: ({ entryId }) => ({ entry: entryId }),
});

const periodClose = approvalHandler({
  kind: 'period-close',
  permission: 'money.approve',
  limit: ALWAYS,
  action: 'closePeriod',
  done: 'periodClosed',
  repeated: 'moneyRepeated',
  payload: z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/) }),
  facts: ({ month }, { language }) =>
    Promise.resolve([
      {
        label: translate(language, 'field.LedgerPeriod.month'),
        before: month,
        after: `${month} ${translate(language, 'enum.periodStatus.closed')}`,
      },
    ]),
  carryOut: ({ month }, act) =>
    closePeriod(act.client, { month, by: act.approvedBy ?? act.askedBy, nowMs: act.nowMs }),
  audited: ({ month }) => ({ month }),
});

/** What is done to the books themselves. */
export const BOOK_APPROVALS: readonly ApprovalHandler[] = [manual, reversal, periodClose];
