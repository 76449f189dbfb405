import { z } from 'zod';
import { HAO_PER_YUAN } from '#domain';
import { translate } from '#domain/i18n';
import { overrideGate } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { gateReason } from './gate-reason.js';
import { say } from './licence-words.js';

const OWNER_ABOVE_HAO = 1_000_000 * HAO_PER_YUAN;

/** To sell for a while what no licence covers: it has no amount, so it always needs a second person. */
export const gateOverrideApproval = approvalHandler({
  kind: 'gate-override',
  permission: 'licence.verify',
  limit: { aloneUpToHao: null, ownerAboveHao: OWNER_ABOVE_HAO },
  action: 'overrideGate',
  done: 'overrideActive',
  repeated: 'overrideActive',
  payload: z.strictObject({
    productId: z.uuid(),
    platformId: z.uuid().nullable(),
    hours: z.int().min(1).max(72),
  }),
  facts: async ({ productId, platformId, hours }, { pool, language }) => {
    const { rows } = await pool.query<{ code: string; name: string; platform: string | null }>(
      'SELECT code, name, (SELECT name FROM platforms WHERE id = $2) AS platform FROM products WHERE id = $1',
      [productId, platformId],
    );
    const [row] = rows;
    if (!row) return [];
    return [
      {
        label: translate(language, 'entity.Product'),
        after: `${row.code} · ${row.name}`,
        to: recordPage('Product', productId),
      },
      {
        label: say(language, 'platform'),
        after: row.platform ?? translate(language, 'page.common.everyPlatform'),
      },
      {
        label: translate(language, 'field.SaleGate.lacks'),
        after: await gateReason(pool, language, productId),
      },
      { label: say(language, 'hours'), after: String(hours) },
    ];
  },
  carryOut: async (override, { client, askedBy, approvedBy, reason, nowMs }) => {
    await overrideGate(client, {
      ...override,
      reason,
      askedBy,
      approvedBy: approvedBy ?? askedBy,
      nowMs,
    });
    return { isNew: true };
  },
  audited: ({ hours, platformId }) => ({ hours, platformId }),
});
