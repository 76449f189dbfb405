import { z } from 'zod';
import { STANDARD_LIMIT } from '#domain';
import { translate } from '#domain/i18n';
import { extendDeadlineIn } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shanghaiTime } from '../resource/shanghai-time.js';

/** More time to pay is credit: it is weighed by what is not paid yet. */
export const largeDeadlineApproval = approvalHandler({
  kind: 'large-order-deadline',
  permission: 'money.approve',
  limit: STANDARD_LIMIT,
  action: 'extendDeadline',
  done: 'deadlineExtended',
  repeated: 'deadlineExtended',
  payload: z.strictObject({ orderId: z.string(), dueAtMs: z.int() }),
  facts: async ({ orderId, dueAtMs }, { pool, language }) => {
    const { rows } = await pool.query<{ order_no: string; due_at: Date | null }>(
      'SELECT o.order_no, l.due_at FROM large_orders l JOIN orders o ON o.id = l.order_id WHERE l.order_id = $1',
      [orderId],
    );
    const large = rows[0];
    if (!large) return [];
    return [
      {
        label: translate(language, 'entity.LargeOrder'),
        after: large.order_no,
        to: recordPage('LargeOrder', orderId),
      },
      {
        label: translate(language, 'page.largeOrder.dueAt'),
        before: large.due_at ? shanghaiTime(large.due_at) : '–',
        after: shanghaiTime(new Date(dueAtMs)),
      },
    ];
  },
  carryOut: async ({ orderId, dueAtMs }, { client, reason, askedBy, nowMs }) => {
    const actor = { kind: 'staff', name: askedBy } as const;
    await extendDeadlineIn(client, { orderId, dueAtMs, reason, actor, nowMs });
    return { isNew: true };
  },
  audited: ({ dueAtMs }) => ({ dueAt: shanghaiTime(new Date(dueAtMs)) }),
});
