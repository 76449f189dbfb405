import { z } from 'zod';
import { INCIDENT_REMEDIES, ORDER_STATUSES, STANDARD_LIMIT } from '#domain';
import { translate } from '#domain/i18n';
import { previewAffected, startIncidentCompensation } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import { say, termsWords } from './incident-words.js';

const codes = z.array(z.string().max(64)).max(100);
const payload = z.strictObject({
  incidentId: z.string(),
  filter: z.strictObject({
    productCodes: codes,
    supplierCodes: codes,
    platformCodes: codes,
    statuses: z.array(z.enum(ORDER_STATUSES)),
    fromMs: z.int(),
    toMs: z.int(),
  }),
  terms: z.strictObject({
    remedy: z.enum(INCIDENT_REMEDIES),
    days: z.int(),
    dayCostHao: z.int(),
    percent: z.int(),
    fixedHao: z.int(),
  }),
  plannedHao: z.int(),
});

/** Many orders are compensated at once; above the limit that takes two people. */
export const incidentCompensationApproval = approvalHandler({
  kind: 'incident-compensation',
  permission: 'money.approve',
  limit: STANDARD_LIMIT,
  action: 'compensateAffected',
  done: 'incidentCompensationStarted',
  repeated: 'incidentCompensationRepeated',
  payload,
  facts: async ({ incidentId, filter, terms, plannedHao }, { pool, language }) => {
    const { rows } = await pool.query<{ incident_no: string }>(
      'SELECT incident_no FROM incidents WHERE id = $1',
      [incidentId],
    );
    const preview = await previewAffected(pool, incidentId, { filter, terms });
    return [
      {
        label: say(language, 'incident'),
        after: rows[0]?.incident_no ?? '—',
        to: recordPage('Incident', incidentId),
      },
      { label: say(language, 'terms'), after: termsWords(language, terms) },
      {
        label: say(language, 'period'),
        after: `${shanghaiTime(new Date(filter.fromMs))} – ${shanghaiTime(new Date(filter.toMs))}`,
      },
      { label: say(language, 'giftCount'), after: shownCount(preview.giftCount) },
      {
        label: translate(language, 'field.IncidentCompensation.plannedHao'),
        after: shownAmount(plannedHao),
      },
    ];
  },
  carryOut: async (given, { client, key, reason, askedBy, approvedBy, nowMs }) => ({
    isNew: await startIncidentCompensation(client, {
      ...given,
      key,
      reason,
      askedBy,
      approvedBy,
      nowMs,
    }),
  }),
  audited: ({ incidentId, terms, plannedHao }) => ({ incidentId, ...terms, plannedHao }),
});
