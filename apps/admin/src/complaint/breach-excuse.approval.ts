import { z } from 'zod';
import { HAO_PER_YUAN, type ClockKind } from '#domain';
import { translate } from '#domain/i18n';
import { excuseBreach } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shanghaiTime } from '../resource/shanghai-time.js';

const BREACH = `
  SELECT b.kind, b.breached_at, b.complaint_id, c.complaint_no, b.cause_remark FROM sla_breaches b JOIN complaints c ON c.id = b.complaint_id
  WHERE b.id = $1`;

/** A broken promise that shall not count in the adjusted figures: never the word of one person alone. */
export const breachExcuseApproval = approvalHandler({
  kind: 'breach-excuse',
  permission: 'complaint.lead',
  limit: { aloneUpToHao: null, ownerAboveHao: 5_000 * HAO_PER_YUAN },
  action: 'excuseBreach',
  done: 'breachExcused',
  repeated: 'breachExcused',
  payload: z.strictObject({ breachId: z.string() }),
  facts: async ({ breachId }, { pool, language }) => {
    const { rows } = await pool.query<{
      kind: ClockKind;
      breached_at: Date;
      complaint_id: string;
      complaint_no: string;
      cause_remark: string | null;
    }>(BREACH, [breachId]);
    const row = rows[0];
    if (!row) return [];
    return [
      {
        label: translate(language, 'entity.Complaint'),
        after: row.complaint_no,
        to: recordPage('Complaint', row.complaint_id),
      },
      {
        label: translate(language, 'field.SlaBreach.kind'),
        after: translate(language, `enum.clockKind.${row.kind}`),
      },
      {
        label: translate(language, 'field.SlaBreach.breachedAt'),
        after: shanghaiTime(row.breached_at),
      },
      { label: translate(language, 'field.SlaBreach.causeRemark'), after: row.cause_remark ?? '–' },
    ];
  },
  carryOut: async ({ breachId }, { client, askedBy, approvedBy, reason, nowMs }) => ({
    isNew: await excuseBreach(client, { breachId, askedBy, excusedBy: approvedBy, reason, nowMs }),
  }),
  audited: ({ breachId }) => ({ breachId }),
});
