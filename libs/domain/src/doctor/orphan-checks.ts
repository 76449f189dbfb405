import type { DoctorCheck } from './check.js';

interface Parent {
  readonly column: string;
  readonly table: string;
  readonly mayBeAbsent?: true;
}

/** Hot tables have no foreign keys: what those would refuse is looked for here. */
function orphans(
  name: string,
  table: string,
  key: string,
  parents: readonly Parent[],
): DoctorCheck {
  const searches = parents.map(
    (parent) => `
      SELECT format('${table} %s refers to %s %s, which does not exist', child.${key}, '${parent.table}', child.${parent.column}) AS example
      FROM ${table} child LEFT JOIN ${parent.table} parent ON parent.id = child.${parent.column}
      WHERE parent.id IS NULL${parent.mayBeAbsent ? ` AND child.${parent.column} IS NOT NULL` : ''}`,
  );
  return { name, looked: table, violations: searches.join(' UNION ALL ') };
}

const of = (column: string, table: string): Parent => ({ column, table });
const perhaps = (column: string, table: string): Parent => ({ column, table, mayBeAbsent: true });

export const ORPHAN_CHECKS: readonly DoctorCheck[] = [
  orphans('order-has-its-parents', 'orders', 'order_no', [
    of('platform_id', 'platforms'),
    of('product_id', 'products'),
  ]),
  orphans('unit-has-its-order', 'order_units', 'id', [of('order_id', 'orders')]),
  orphans('delivery-has-its-parents', 'deliveries', 'unit_id', [
    of('order_id', 'orders'),
    of('unit_id', 'order_units'),
    perhaps('card_id', 'cards'),
  ]),
  orphans('event-has-its-order', 'order_events', 'id', [of('order_id', 'orders')]),
  orphans('card-has-its-parents', 'cards', 'id', [
    of('batch_id', 'card_batches'),
    of('product_id', 'products'),
  ]),
  orphans('queued-card-has-its-parents', 'card_stock', 'card_id', [
    of('card_id', 'cards'),
    of('batch_id', 'card_batches'),
    of('product_id', 'products'),
  ]),
  orphans('posting-has-its-parents', 'ledger_postings', 'id', [
    of('entry_id', 'ledger_entries'),
    of('account_id', 'ledger_accounts'),
  ]),
  orphans('entry-has-its-order', 'ledger_entries', 'id', [perhaps('order_id', 'orders')]),
  orphans('lot-has-its-entry', 'balance_lots', 'id', [of('id', 'ledger_entries')]),
  orphans('lot-use-has-its-parents', 'lot_uses', 'id', [
    of('posting_id', 'ledger_postings'),
    perhaps('lot_id', 'balance_lots'),
  ]),
  orphans('callback-has-its-order', 'callback_deliveries', 'id', [
    perhaps('order_id', 'orders'),
    perhaps('complaint_id', 'complaints'),
  ]),
  orphans('callback-try-has-its-callback', 'callback_tries', 'id', [
    of('callback_id', 'callback_deliveries'),
  ]),
];
