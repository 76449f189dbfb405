import type { Pool } from 'pg';
import { type AccountKind, type EntryKind, mayStaff } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { entryLinks, usesSection } from './lot-related.js';

const ORDER_OF_ENTRY = `
  SELECT o.id, o.order_no FROM ledger_entries e JOIN orders o ON o.id = e.order_id WHERE e.id = $1`;
const POSTINGS_OF_ENTRY = `
  SELECT p.line_no, p.account_id, a.code, a.kind, p.amount_hao::text AS amount
  FROM ledger_postings p JOIN ledger_accounts a ON a.id = p.account_id
  WHERE p.id BETWEEN $1::bigint * 64 AND $1::bigint * 64 + 63 ORDER BY p.id`;
const POSTINGS_SHOWN = 20;
const POSTINGS_OF_ACCOUNT = `
  SELECT p.entry_id, e.kind, e.memo, e.posted_at, p.amount_hao::text AS amount
  FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
  WHERE p.account_id = $1 ORDER BY p.id DESC LIMIT ${POSTINGS_SHOWN}`;

/** The lines of an entry, and the order it is about. */
export async function entryRelated(
  pool: Pool,
  { language, role }: PanelStaff,
  entryId: string,
): Promise<readonly RelatedSection[]> {
  const order = (await pool.query<{ id: string; order_no: string }>(ORDER_OF_ENTRY, [entryId]))
    .rows[0];
  const { rows } = await pool.query<{
    line_no: number;
    account_id: string;
    code: string;
    kind: AccountKind;
    amount: string;
  }>(POSTINGS_OF_ENTRY, [entryId]);
  const links = await entryLinks(pool, language, entryId);
  return [
    {
      title: translate(language, 'entity.LedgerPosting'),
      hint: translate(language, 'page.related.postingHint'),
      heads: [
        translate(language, 'field.LedgerPosting.lineNo'),
        translate(language, 'field.LedgerPosting.accountId'),
        translate(language, 'field.LedgerAccount.kind'),
        translate(language, 'field.LedgerPosting.amountHao'),
      ],
      rows: rows.map((row) => [
        { text: String(row.line_no) },
        { text: row.code, to: recordPage('LedgerAccount', row.account_id) },
        { text: translate(language, `enum.accountKind.${row.kind}`) },
        { text: shownAmount(Number(row.amount)), isNumber: true },
      ]),
      links: [
        ...(order && mayStaff(role, 'order.read')
          ? [
              {
                label: translate(language, 'page.related.toOrder', { orderNo: order.order_no }),
                to: recordPage('Order', order.id),
              },
            ]
          : []),
        ...links,
      ],
    },
    ...(await usesSection(pool, language, entryId)),
  ];
}

/** What was last booked on an account. */
export async function accountRelated(
  pool: Pool,
  { language }: PanelStaff,
  accountId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<AccountLine>(POSTINGS_OF_ACCOUNT, [accountId]);
  return [
    {
      title: translate(language, 'page.related.lastPostings', { count: POSTINGS_SHOWN }),
      hint: translate(language, 'page.related.postingHint'),
      heads: [
        translate(language, 'field.LedgerEntry.postedAt'),
        translate(language, 'field.LedgerEntry.kind'),
        translate(language, 'field.LedgerEntry.memo'),
        translate(language, 'field.LedgerPosting.amountHao'),
      ],
      rows: rows.map((row) => accountLine(language, row)),
      empty: translate(language, 'page.related.noPosting'),
    },
  ];
}

interface AccountLine {
  readonly entry_id: string;
  readonly kind: EntryKind;
  readonly memo: string | null;
  readonly posted_at: Date;
  readonly amount: string;
}

const accountLine = (language: Language, row: AccountLine) => [
  { text: shanghaiTime(row.posted_at), to: recordPage('LedgerEntry', row.entry_id) },
  { text: translate(language, `enum.entryKind.${row.kind}`) },
  { text: row.memo ?? '—' },
  { text: shownAmount(Number(row.amount)), isNumber: true },
];
