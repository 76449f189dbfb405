import type { Pool } from 'pg';
import { DAY_MS, mayStaff, type ComplaintCategory, type ComplaintStatus } from '#domain';
import { translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import type { ComplaintRow } from './complaint-page.queries.js';
import { say } from './complaint-words.js';

const COUNT_MAX = 1_000;
const HISTORY_DAYS = 90;

const EARLIER = `
  SELECT c.id, c.complaint_no, c.category, c.status, c.summary, c.is_breached, c.received_at,
    (SELECT coalesce(sum(k.amount_hao), 0)::float8 FROM compensations k WHERE k.complaint_id = c.id AND k.status IN ('replacing', 'done', 'superseded')) AS given_hao
  FROM complaints c WHERE c.id <> $1 AND (c.order_id = $2 OR ($3::text IS NOT NULL AND c.platform_id = $4 AND c.customer_no = $3))
  ORDER BY c.id DESC LIMIT 20`;
const CUSTOMER = `
  SELECT (SELECT count(*)::int FROM (SELECT 1 FROM orders o WHERE o.customer_no = $1 AND o.platform_id = $2 AND o.created_at > $3 LIMIT ${COUNT_MAX}) AS x) AS orders,
    (SELECT count(*)::int FROM complaints c WHERE c.customer_no = $1 AND c.platform_id = $2 AND c.received_at > $3) AS complaints,
    (SELECT coalesce(sum(k.amount_hao), 0)::float8 FROM compensations k WHERE k.customer_no = $1 AND k.platform_id = $2 AND k.created_at > $3
      AND k.status IN ('replacing', 'done', 'superseded')) AS given_hao`;

/** What this customer has bought and complained about before. */
export async function customerHistory(
  pool: Pool,
  { language, role }: PanelStaff,
  complaint: ComplaintRow,
): Promise<readonly RelatedSection[]> {
  const customerNo = mayStaff(role, 'customer.read') ? complaint.customer_no : null;
  const since = new Date(Date.now() - HISTORY_DAYS * DAY_MS);
  const [earlier, sums] = await Promise.all([
    pool.query<{
      id: string;
      complaint_no: string;
      category: ComplaintCategory;
      status: ComplaintStatus;
      summary: string;
      received_at: Date;
      given_hao: number;
    }>(EARLIER, [complaint.id, complaint.order_id, customerNo, complaint.platform_id]),
    pool.query<{ orders: number; complaints: number; given_hao: number }>(CUSTOMER, [
      customerNo,
      complaint.platform_id,
      since,
    ]),
  ]);
  const sum = sums.rows[0];
  const field = (name: 'complaintNo' | 'category' | 'status' | 'summary' | 'receivedAt') =>
    translate(language, `field.Complaint.${name}`);
  return [
    {
      title: say(language, 'history'),
      ...(customerNo === null || !sum
        ? { hint: say(language, 'noCustomer') }
        : {
            facts: [
              {
                label: translate(language, 'field.Complaint.customerNo'),
                value: { text: customerNo },
              },
              {
                label: say(language, 'orders90'),
                value: { text: shownCount(sum.orders, COUNT_MAX) },
              },
              { label: say(language, 'complaints90'), value: { text: shownCount(sum.complaints) } },
              { label: say(language, 'given90'), value: { text: shownAmount(sum.given_hao) } },
            ],
          }),
      heads: [
        field('complaintNo'),
        field('category'),
        field('status'),
        field('summary'),
        say(language, 'givenYuan'),
        field('receivedAt'),
      ],
      rows: earlier.rows.map((row) => [
        { text: row.complaint_no, to: recordPage('Complaint', row.id) },
        { text: translate(language, `enum.complaintCategory.${row.category}`) },
        {
          text: translate(language, `enum.complaintStatus.${row.status}`),
          tag: row.status,
          tagOf: 'Complaint.status',
        },
        { text: row.summary.slice(0, 60) },
        { text: shownAmount(row.given_hao), isNumber: true },
        { text: shanghaiTime(row.received_at) },
      ]),
      empty: say(language, 'noEarlier'),
    },
  ];
}
