import type { SupplyReport } from '../supply/supply-report.js';
import type {
  Connection,
  Notification,
  NotificationInput,
  ProtocolSpec,
  SupplyKind,
  UnprovenNotification,
} from './protocol.js';
import { namesIn, reportOf } from './read-reply.js';
import { NOTIFICATION_BYTES_MAX, parseForm, parseObject, textAt, utf8 } from './wire-values.js';

const ATTEMPT_NO = /^[A-Za-z0-9_-]{1,64}$/;

/** Takes a notification apart and proves its sender; without a secret nothing is believed. */
export function decodeNotification(
  spec: ProtocolSpec,
  input: NotificationInput,
  connection: Connection,
  kind: SupplyKind,
): Notification {
  const notification = unproven(input);
  if (!notification) return { trust: 'refused', reason: 'unreadable' };
  if (connection.secret === '') return { trust: 'refused', reason: 'no-secret' };
  const proof = spec.notification.verify(notification, connection);
  if (proof === 'forged') return { trust: 'refused', reason: 'forged' };
  const names = namesIn(spec.order, spec.notification.names);
  const given = textAt(notification.fields, names.ourNo);
  const attemptNo = given !== undefined && ATTEMPT_NO.test(given) ? given : undefined;
  if (proof === 'unsigned') {
    const supplierOrderNo = textAt(notification.fields, names.supplierNo);
    return { trust: 'hint', attemptNo, supplierOrderNo };
  }
  const changed = changedProduct(spec, notification, { isOfOrder: given !== undefined });
  if (changed !== undefined) return { trust: 'product', supplierProductId: changed };
  const cards = proof === 'genuine' ? (spec.notification.cards ?? spec.order.cards) : () => [];
  const report = reportOf(notification.fields, spec.order, { names, kind, connection, cards });
  if (attemptNo === undefined || !report) return { trust: 'refused', reason: 'unreadable' };
  return { trust: 'verified', attemptNo, report, needsQuery: lacksCards(report, kind) };
}

/** What speaks of no order of ours and names a product tells of that product. */
function changedProduct(
  { notification: { changedProduct: name } }: ProtocolSpec,
  { fields }: UnprovenNotification,
  { isOfOrder }: { readonly isOfOrder: boolean },
): string | undefined {
  if (isOfOrder || name === undefined) return undefined;
  const id = textAt(fields, name);
  return id === undefined || id === '' ? undefined : id.slice(0, 80);
}

const lacksCards = ({ said, cards }: SupplyReport, kind: SupplyKind): boolean =>
  kind === 'card' && cards.length === 0 && (said === 'succeeded' || said === 'refunded');

/** Form or JSON, whatever the header claims: suppliers send either under any content type. */
function unproven({ headers, body }: NotificationInput): UnprovenNotification | undefined {
  if (body.length > NOTIFICATION_BYTES_MAX) return undefined;
  const text = utf8(body);
  if (text === undefined) return undefined;
  const fields = text.trimStart().startsWith('{') ? parseObject(text) : parseForm(text);
  if (!fields) return undefined;
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { headers: Object.fromEntries(lowered) as UnprovenNotification['headers'], text, fields };
}
