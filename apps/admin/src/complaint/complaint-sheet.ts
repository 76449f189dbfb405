import type { Pool } from 'pg';
import { formatAmount } from '#domain';
import { translate } from '#domain/i18n';
import type { Sheet } from '../http/sheet-download.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { monthOf, spanOf } from './complaint-report.js';
import { readLines } from './complaint-report.queries.js';
import { say } from './complaint-words.js';

/** The complaints of a month, one a line, for a spreadsheet. */
export async function complaintSheet(
  pool: Pool,
  { language }: PanelStaff,
  asked: string | undefined,
): Promise<Sheet> {
  const month = monthOf(asked);
  const rows = await readLines(pool, spanOf(month));
  const field = (
    name:
      | 'complaintNo'
      | 'receivedAt'
      | 'category'
      | 'severity'
      | 'status'
      | 'platformId'
      | 'productId'
      | 'supplierId'
      | 'orderId'
      | 'assignee'
      | 'isBreached',
  ): string => translate(language, `field.Complaint.${name}`);
  return {
    title: `complaints-${month}`,
    heads: [
      field('complaintNo'),
      field('receivedAt'),
      field('category'),
      field('severity'),
      field('status'),
      field('platformId'),
      field('productId'),
      field('supplierId'),
      field('orderId'),
      field('assignee'),
      field('isBreached'),
      say(language, 'ackMinutes'),
      say(language, 'resolveMinutes'),
      say(language, 'compensated'),
    ],
    rows: rows.map((row) => [
      row.complaint_no,
      shanghaiTime(row.received_at),
      translate(language, `enum.complaintCategory.${row.category}`),
      translate(language, `enum.complaintSeverity.${row.severity}`),
      translate(language, `enum.complaintStatus.${row.status}`),
      row.platform ?? '',
      row.product ?? '',
      row.supplier ?? '',
      row.order_no ?? '',
      row.assignee ?? '',
      translate(language, row.is_breached ? 'page.common.yes' : 'page.common.no'),
      row.ack_minutes ?? '',
      row.resolve_minutes ?? '',
      formatAmount(row.cost_hao),
    ]),
  };
}
