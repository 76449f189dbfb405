import type { AlertFact } from '../alert/alert-change.js';
import type { Sql } from '../database/sql.js';
import { formatAmount } from '../shared/money.js';
import { readMoneyDue } from './money-due.store.js';

/** Large orders that are not paid in time, one by one, and parties with differences that nobody has resolved in time. */
export async function moneyDueFacts(sql: Sql, nowMs: number): Promise<AlertFact[]> {
  const { payments, lateDifferences } = await readMoneyDue(sql, nowMs);
  return [
    ...payments.map(({ orderNo, openHao, isOverdue }): AlertFact => ({
      kind: 'large-order-overdue',
      subject: orderNo,
      state: isOverdue ? 'crossed' : 'clear',
      value: formatAmount(openHao),
    })),
    ...lateDifferences.map(({ partyCode, count, sizeHao }): AlertFact => ({
      kind: 'difference-overdue',
      subject: partyCode,
      state: 'crossed',
      value: `${count} · ${formatAmount(sizeHao)}`,
    })),
  ];
}
