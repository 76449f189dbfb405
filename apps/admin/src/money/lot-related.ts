import type { Pool } from 'pg';
import type { EntryKind, LotKind } from '#domain';
import { type Language, type Messages, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import { entityName } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { RESOURCES } from '../resources/registry.js';

const LOTS_SHOWN = 50;

/** What a balance consists of: the lots that still hold something, and the last ones that are spent. */
export async function lotsSection(
  pool: Pool,
  language: Language,
  platformId: string,
): Promise<RelatedSection> {
  const field = (name: keyof Messages['field']['BalanceLot']): string =>
    translate(language, `field.BalanceLot.${name}`);
  const { rows } = await pool.query<{
    id: string;
    kind: LotKind;
    brought: string;
    remaining: string;
    payer: string | null;
    receipt_no: string | null;
    expires_at: Date | null;
    brought_at: Date;
  }>(
    `SELECT id, kind, brought_hao AS brought, remaining_hao AS remaining, payer, receipt_no, expires_at, brought_at
     FROM balance_lots WHERE platform_id = $1 ORDER BY remaining_hao > 0 DESC, id DESC LIMIT ${LOTS_SHOWN}`,
    [platformId],
  );
  return {
    title: translate(language, 'page.ledger.lots'),
    hint: translate(language, 'page.ledger.lotsHint'),
    heads: [
      field('broughtAt'),
      field('kind'),
      field('broughtHao'),
      field('remainingHao'),
      field('payer'),
      field('receiptNo'),
      field('expiresAt'),
    ],
    rows: rows.map((row) => [
      { text: shanghaiTime(row.brought_at), to: recordPage('LedgerEntry', row.id) },
      { text: translate(language, `enum.lotKind.${row.kind}`) },
      { text: shownAmount(Number(row.brought)), isNumber: true },
      { text: shownAmount(Number(row.remaining)), isNumber: true },
      { text: row.payer ?? '—' },
      { text: row.receipt_no ?? '—' },
      { text: row.expires_at ? shanghaiTime(row.expires_at) : '—' },
    ]),
    empty: translate(language, 'page.ledger.noLot'),
  };
}

/** From which lots an entry took, or into which it put. */
export async function usesSection(
  pool: Pool,
  language: Language,
  entryId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{
    lot_id: string | null;
    kind: LotKind | null;
    amount: string;
    payer: string | null;
  }>(
    `SELECT u.lot_id, l.kind, sum(u.amount_hao)::text AS amount, l.payer FROM lot_uses u LEFT JOIN balance_lots l ON l.id = u.lot_id
     WHERE u.posting_id BETWEEN $1::bigint * 64 AND $1::bigint * 64 + 63 GROUP BY u.lot_id, l.kind, l.payer ORDER BY u.lot_id`,
    [entryId],
  );
  if (rows.length === 0) return [];
  return [
    {
      title: translate(language, 'page.ledger.uses'),
      heads: [
        translate(language, 'field.LotUse.lotId'),
        translate(language, 'field.BalanceLot.kind'),
        translate(language, 'field.BalanceLot.payer'),
        translate(language, 'field.LotUse.amountHao'),
      ],
      rows: rows.map((row) => [
        row.lot_id === null
          ? { text: translate(language, 'page.ledger.owed') }
          : { text: row.lot_id, to: recordPage('BalanceLot', row.lot_id) },
        { text: row.kind === null ? '—' : translate(language, `enum.lotKind.${row.kind}`) },
        { text: row.payer ?? '—' },
        { text: shownAmount(Number(row.amount)), isNumber: true },
      ]),
    },
  ];
}

const LINKS = `
  SELECT e.kind, e.attempt_id, e.resource, e.record_id, e.reverses_entry_id AS reverses,
    (SELECT r.id FROM ledger_entries r WHERE r.reverses_entry_id = e.id) AS reversed_by
  FROM ledger_entries e WHERE e.id = $1`;

/** Where a reader of an entry goes on to: its cause, what it reverses, what reversed it. */
export async function entryLinks(
  pool: Pool,
  language: Language,
  entryId: string,
): Promise<readonly { readonly label: string; readonly to: string }[]> {
  const { rows } = await pool.query<{
    kind: EntryKind;
    attempt_id: string | null;
    resource: string | null;
    record_id: string | null;
    reverses: string | null;
    reversed_by: string | null;
  }>(LINKS, [entryId]);
  const entry = rows[0];
  if (!entry) return [];
  const to = (label: string, entity: string, id: string | null) =>
    id === null ? [] : [{ label, to: recordPage(entity, id) }];
  const cause = RESOURCES.find((one) => entityName(one) === entry.resource);
  return [
    ...to(translate(language, 'entity.Attempt'), 'Attempt', entry.attempt_id),
    ...(cause
      ? to(
          translate(language, `entity.${entityName(cause) as keyof Messages['entity']}`),
          entityName(cause),
          entry.record_id,
        )
      : []),
    ...to(translate(language, 'page.ledger.reverses'), 'LedgerEntry', entry.reverses),
    ...to(translate(language, 'page.ledger.reversedBy'), 'LedgerEntry', entry.reversed_by),
  ];
}
