import type { QueryRunner } from 'typeorm';
import { ACK_SECONDS_MAX, DomainError, RESOLVE_SECONDS_MAX } from '#domain';
import {
  Complaint,
  ComplaintCycle,
  ComplaintEvent,
  ComplaintImage,
  ComplaintMessage,
  SlaBreach,
  SlaClock,
  SlaEscalation,
  SlaPause,
  SlaPolicyVersion,
  SlaTarget,
  UpstreamComplaint,
} from '#domain/entities';
import type {
  FieldFaults,
  FieldValues,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const read = 'complaint.read';
const shared = { group: 'service', read, direction: 'desc' } as const;
const detail = { ...shared, isDetail: true } as const;

const POLICY_FIELDS = [
  'vipPercent',
  'pauseCountMax',
  'pauseHoursMax',
  'silenceHours',
  'reopenDays',
  'reopenAckSeconds',
  'reopenResolveSeconds',
  'unackedSeconds',
  'unackedUrgentSeconds',
  'unassignedSeconds',
  'remark',
];
const TARGET_FIELDS = ['ackSeconds', 'updateSeconds', 'resolveSeconds', 'upstreamSeconds'];

/** Complaints with their clocks; all of it follows from what has happened, so nothing is written by a form. */
export const complaintResources: readonly ResourceDefinition[] = [
  {
    ...shared,
    entity: Complaint,
    icon: 'MessageSquare',
    title: 'complaintNo',
    list: [
      'complaintNo',
      'severity',
      'status',
      'dueAt',
      'dueKind',
      'category',
      'summary',
      'platformId',
      'orderId',
      'assignee',
      'receivedAt',
    ],
    unseen: ['fingerprint', 'nextAt', 'version'],
    filters: [
      'complaintNo',
      'merchantComplaintNo',
      'status',
      'severity',
      'category',
      'platformId',
      'productId',
      'supplierId',
      'orderId',
      'assignee',
      'isBreached',
      'source',
      'receivedAt',
    ],
    sorts: ['id', 'dueAt', 'receivedAt'],
    components: { show: 'ComplaintPage' },
    pages: [
      { name: 'work', permission: read, component: 'ComplaintWorkPage', icon: 'Clock' },
      {
        name: 'intake',
        permission: 'complaint.write',
        component: 'ComplaintIntakePage',
        icon: 'PlusCircle',
      },
      {
        name: 'complaintReport',
        permission: read,
        component: 'SectionsPage',
        icon: 'BarChart2',
      },
    ],
    restricted: { customerNo: 'customer.read', contact: 'customer.read' },
    numbers: [['complaintNo'], ['merchantComplaintNo']],
    enums: {
      source: 'complaintSource',
      category: 'complaintCategory',
      severity: 'complaintSeverity',
      status: 'complaintStatus',
      dueKind: 'clockKind',
    },
  },
  {
    ...detail,
    entity: ComplaintMessage,
    icon: 'MessageCircle',
    title: 'id',
    list: ['complaintId', 'author', 'staffEmail', 'isPublic', 'text', 'sentAt'],
    filters: ['complaintId', 'author', 'isPublic', 'sentAt'],
    sorts: ['id'],
    enums: { author: 'complaintAuthor' },
  },
  {
    ...detail,
    entity: ComplaintImage,
    icon: 'Image',
    title: 'id',
    list: ['complaintId', 'messageId', 'mediaType', 'byteCount', 'sha256', 'createdAt'],
    filters: ['complaintId', 'messageId'],
    sorts: ['id'],
  },
  {
    ...detail,
    entity: ComplaintEvent,
    icon: 'List',
    title: 'id',
    list: ['complaintId', 'type', 'isPublic', 'author', 'staffEmail', 'at'],
    filters: ['complaintId', 'type', 'author', 'isPublic', 'at'],
    sorts: ['id'],
    enums: { type: 'complaintEventType', author: 'complaintAuthor' },
  },
  {
    ...detail,
    entity: ComplaintCycle,
    icon: 'RefreshCw',
    title: 'id',
    list: ['complaintId', 'cycleNo', 'outcome', 'resolutionCode', 'startedAt', 'endedAt'],
    filters: ['complaintId', 'outcome', 'resolutionCode', 'endedAt'],
    sorts: ['id'],
    enums: { outcome: 'clockOutcome' },
  },
  {
    ...detail,
    entity: SlaClock,
    icon: 'Clock',
    title: 'id',
    list: ['complaintId', 'cycleNo', 'kind', 'outcome', 'dueAt', 'stoppedAt', 'targetSeconds'],
    filters: ['complaintId', 'kind', 'outcome', 'dueAt', 'stoppedAt'],
    sorts: ['id'],
    enums: { kind: 'clockKind', outcome: 'clockOutcome' },
  },
  {
    ...detail,
    entity: SlaPause,
    icon: 'Pause',
    title: 'id',
    list: ['complaintId', 'cycleNo', 'pauseNo', 'reason', 'fromAt', 'toAt', 'isOpen'],
    filters: ['complaintId', 'reason', 'isOpen', 'fromAt'],
    sorts: ['id'],
    enums: { reason: 'pauseReason' },
  },
  {
    ...shared,
    entity: SlaBreach,
    icon: 'AlertOctagon',
    title: 'id',
    list: [
      'complaintId',
      'kind',
      'breachedAt',
      'overshootSeconds',
      'cause',
      'isExcused',
      'detectedAt',
      'annulledAt',
    ],
    filters: ['complaintId', 'kind', 'cause', 'isExcused', 'breachedAt'],
    sorts: ['id', 'breachedAt'],
    enums: { kind: 'clockKind', cause: 'breachCause' },
  },
  {
    ...detail,
    entity: SlaEscalation,
    icon: 'TrendingUp',
    title: 'id',
    list: [
      'complaintId',
      'kind',
      'percent',
      'levels',
      'cause',
      'firedAt',
      'acknowledgedBy',
      'acknowledgedAt',
    ],
    filters: ['complaintId', 'kind', 'cause', 'firedAt'],
    sorts: ['id'],
    enums: { kind: 'clockKind', cause: 'escalationCause', levels: 'escalationLevel' },
  },
  {
    ...shared,
    entity: SlaPolicyVersion,
    icon: 'Sliders',
    title: 'policyNo',
    list: ['policyNo', 'status', 'vipPercent', 'pauseCountMax', 'pauseHoursMax', 'activatedAt'],
    filters: ['status'],
    sorts: ['policyNo'],
    enums: { status: 'policyStatus' },
    write: {
      permission: 'complaint.lead',
      create: null,
      edit: POLICY_FIELDS,
      onlyDrafts: true,
      afterEdit: (runner, { recordId }) => requireDraft(runner, recordId),
    },
  },
  {
    ...detail,
    entity: SlaTarget,
    icon: 'Target',
    title: 'severity',
    list: ['policyId', 'severity', ...TARGET_FIELDS],
    filters: ['policyId', 'severity'],
    sorts: ['createdAt', 'severity'],
    enums: { severity: 'complaintSeverity' },
    write: {
      permission: 'complaint.lead',
      create: null,
      edit: TARGET_FIELDS,
      check: checkTarget,
      afterEdit: requireDraftOfTarget,
    },
  },
  {
    ...detail,
    entity: UpstreamComplaint,
    icon: 'CornerLeftUp',
    title: 'id',
    list: ['complaintId', 'supplierId', 'method', 'status', 'supplierRef', 'askedAt', 'answeredAt'],
    filters: ['complaintId', 'supplierId', 'status', 'askedAt'],
    sorts: ['id'],
    enums: { method: 'upstreamMethod', status: 'upstreamStatus' },
  },
];

function checkTarget(values: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  for (const name of TARGET_FIELDS)
    if (typeof values[name] === 'number' && values[name] <= 0)
      faults[name] = { notice: 'notPositive' };
  return faults;
}

/** Whatever was in force once stays as it was: complaints are pinned to it. */
async function requireDraft(runner: QueryRunner, policyId: string): Promise<void> {
  const rows = (await runner.query('SELECT status FROM sla_policy_versions WHERE id = $1', [
    policyId,
  ])) as { status: string }[];
  if (rows[0]?.status !== 'draft') throw new DomainError('sla-policy.fixed');
}

async function requireDraftOfTarget(
  runner: QueryRunner,
  { recordId }: { readonly recordId: string },
): Promise<void> {
  const rows = (await runner.query(
    'SELECT policy_id, severity, ack_seconds, resolve_seconds FROM sla_targets WHERE id = $1',
    [recordId],
  )) as { policy_id: string; severity: string; ack_seconds: number; resolve_seconds: number }[];
  const row = rows[0];
  await requireDraft(runner, row?.policy_id ?? '');
  const isLoose =
    row?.severity !== 'P3' &&
    ((row?.ack_seconds ?? 0) > ACK_SECONDS_MAX ||
      (row?.resolve_seconds ?? 0) > RESOLVE_SECONDS_MAX);
  if (isLoose) throw new DomainError('sla-policy.too-loose');
}
