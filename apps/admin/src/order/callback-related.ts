import type { Pool } from 'pg';
import { translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { askedByWords, failureWords } from './callback-words.js';
import { readTries } from './order-page.queries.js';

const ORDER_OF_CALLBACK = `
  SELECT o.id, o.order_no FROM callback_deliveries c JOIN orders o ON o.id = c.order_id WHERE c.id = $1`;

/** Every try to call the platform back, and the order it was about. */
export async function callbackRelated(
  pool: Pool,
  { language }: PanelStaff,
  callbackId: string,
): Promise<readonly RelatedSection[]> {
  const order = (
    await pool.query<{ id: string; order_no: string }>(ORDER_OF_CALLBACK, [callbackId])
  ).rows[0];
  const tries = await readTries(pool, [callbackId]);
  return [
    {
      title: translate(language, 'page.order.tries'),
      heads: [
        translate(language, 'field.CallbackTry.tryNo'),
        translate(language, 'field.CallbackTry.sentAt'),
        translate(language, 'field.CallbackTry.httpStatus'),
        translate(language, 'field.CallbackTry.failure'),
        translate(language, 'field.CallbackTry.durationMs'),
        translate(language, 'field.CallbackTry.askedBy'),
      ],
      rows: tries.map((one) => [
        { text: String(one.try_no) },
        { text: shanghaiTime(one.sent_at) },
        { text: one.http_status === null ? '—' : String(one.http_status) },
        { text: one.failure === null ? '—' : failureWords(language, one.failure) },
        { text: String(one.duration_ms), isNumber: true },
        { text: askedByWords(language, one.asked_by) },
      ]),
      empty: translate(language, 'page.related.noTry'),
      links: order
        ? [
            {
              label: translate(language, 'page.related.toOrder', { orderNo: order.order_no }),
              to: recordPage('Order', order.id),
            },
          ]
        : [],
    },
  ];
}
