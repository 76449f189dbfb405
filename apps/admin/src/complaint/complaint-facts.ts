import { mayStaff } from '#domain';
import { translate } from '#domain/i18n';
import type { ComplaintPageView } from '../components/complaint-views.js';
import { recordPage } from '../components/places.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import type { ComplaintRow } from './complaint-page.queries.js';
import { say } from './complaint-words.js';

type Fact = ComplaintPageView['facts'][number];
type Name =
  | 'source'
  | 'platformId'
  | 'merchantComplaintNo'
  | 'orderId'
  | 'unitNo'
  | 'productId'
  | 'supplierId'
  | 'customerNo'
  | 'contact'
  | 'isVip'
  | 'policyId'
  | 'receivedAt'
  | 'assignee'
  | 'cycleNo'
  | 'endedAt'
  | 'resolutionCode'
  | 'deadlineAt'
  | 'parentId'
  | 'category';

/** What it is, whose it is and what it is about; what is not known is left out. */
export function factsOf({ language, role }: PanelStaff, row: ComplaintRow): readonly Fact[] {
  const fact = (name: Name, value: string | number | null, to?: string): Fact[] =>
    value === null || value === ''
      ? []
      : [
          {
            label: translate(language, `field.Complaint.${name}`),
            value,
            ...(to === undefined ? {} : { to }),
          },
        ];
  const linked = (name: Name, entity: string, id: string | null, text: string | null) =>
    id === null ? [] : fact(name, text, recordPage(entity, id));
  const at = (date: Date | null): string | null => date && shanghaiTime(date);
  const mayReadCustomer = mayStaff(role, 'customer.read');
  const code = row.resolution_code;
  return [
    ...fact('category', translate(language, `enum.complaintCategory.${row.category}`)),
    ...fact('source', translate(language, `enum.complaintSource.${row.source}`)),
    ...linked('platformId', 'Platform', row.platform_id, row.platform),
    ...fact('merchantComplaintNo', row.merchant_complaint_no),
    ...linked('orderId', 'Order', row.order_id, row.order_no),
    ...(row.order_id === null
      ? []
      : fact('unitNo', row.unit_no === 0 ? say(language, 'wholeOrder') : row.unit_no)),
    ...linked('productId', 'Product', row.product_id, row.product),
    ...linked('supplierId', 'Supplier', row.supplier_id, row.supplier),
    ...(mayReadCustomer ? fact('customerNo', row.customer_no) : []),
    ...(mayReadCustomer ? fact('contact', row.contact) : []),
    ...(row.is_vip ? fact('isVip', translate(language, 'page.common.yes')) : []),
    ...fact('assignee', row.assignee ?? say(language, 'nobody')),
    ...fact('receivedAt', at(row.received_at)),
    ...fact('deadlineAt', at(row.deadline_at)),
    ...(row.cycle_no > 1 ? fact('cycleNo', row.cycle_no) : []),
    ...fact('endedAt', at(row.ended_at)),
    ...fact('resolutionCode', code && translate(language, `enum.resolutionCode.${code}`)),
    ...linked('parentId', 'Complaint', row.parent_id, row.parent_no),
    ...linked('policyId', 'SlaPolicyVersion', row.policy_id, `#${row.policy_no}`),
  ];
}
