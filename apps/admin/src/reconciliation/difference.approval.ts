import { z } from 'zod';
import { DIFFERENCE_CAUSES, RESOLUTIONS, STANDARD_LIMIT } from '#domain';
import { translate } from '#domain/i18n';
import { readDifference, resolveDifference } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount } from '../resource/shown-amount.js';

/** How a difference between somebody's statement and our books ends. */
export const differenceApproval = approvalHandler({
  kind: 'difference-resolution',
  permission: 'money.approve',
  limit: STANDARD_LIMIT,
  action: 'resolveDifference',
  done: 'differenceResolved',
  repeated: 'differenceResolved',
  payload: z.strictObject({
    differenceId: z.string(),
    resolution: z.enum(RESOLUTIONS),
    cause: z.enum(DIFFERENCE_CAUSES),
    evidence: z.string().nullable(),
  }),
  facts: async ({ differenceId, resolution, cause, evidence }, { pool, language }) => {
    const difference = await readDifference(pool, differenceId);
    return [
      {
        label: translate(language, 'entity.ReconciliationDifference'),
        after: translate(language, `enum.differenceKind.${difference.kind}`),
        to: recordPage('ReconciliationDifference', differenceId),
      },
      {
        label: translate(language, 'field.ReconciliationDifference.favourHao'),
        after: shownAmount(difference.favourHao),
      },
      {
        label: translate(language, 'field.ReconciliationDifference.resolution'),
        before: translate(language, `enum.differenceStatus.${difference.status}`),
        after: translate(language, `enum.resolution.${resolution}`),
      },
      {
        label: translate(language, 'field.ReconciliationDifference.cause'),
        after: translate(language, `enum.differenceCause.${cause}`),
      },
      ...(evidence === null
        ? []
        : [
            {
              label: translate(language, 'field.ReconciliationDifference.evidence'),
              after: evidence,
            },
          ]),
    ];
  },
  carryOut: async (payload, { client, reason, askedBy, nowMs }) => {
    await resolveDifference(client, { ...payload, reason, by: askedBy, nowMs });
    return { isNew: true };
  },
  audited: ({ resolution, cause }) => ({ resolution, cause }),
});
