import type { Pool } from 'pg';
import {
  type AgreementStatus,
  isStatementSettled,
  mayStaff,
  PAYMENT_SOURCES,
  type StatementStatus,
} from '#domain';
import { translate } from '#domain/i18n';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const reason = { name: 'reason', label: 'common.reason' } as const;
const download = (id: string, ending: 'csv' | 'xlsx' | 'pdf', name: string): Verb => ({
  name,
  path: `statements/${id}/statement.${ending}`,
  kind: 'download',
  tone: 'plain',
});

interface StatementNow {
  readonly status: StatementStatus;
  readonly is_issued: boolean;
  readonly is_confirmed: boolean;
  readonly held: boolean;
}

/** What can be done with a statement now; everybody who sees it may take it along. */
export async function statementVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<StatementNow>(
    `SELECT status, issued_at IS NOT NULL AS is_issued, confirmed_at IS NOT NULL AS is_confirmed, held_hao > 0 AS held
     FROM statements WHERE id = $1`,
    [id],
  );
  const now = rows[0];
  if (!now) return [];
  const files = [
    download(id, 'pdf', 'downloadStatementPdf'),
    download(id, 'xlsx', 'downloadStatementXlsx'),
    download(id, 'csv', 'downloadStatementCsv'),
  ];
  return mayStaff(staff.role, 'money.write') ? [...actsOf(staff, id, now), ...files] : files;
}

function actsOf(staff: PanelStaff, id: string, now: StatementNow): readonly Verb[] {
  const act = (name: string, path: string, more: Partial<Verb>): Verb => ({
    name,
    path: `statements/${id}/${path}`,
    kind: 'post',
    tone: 'plain',
    ...more,
  });
  if (!now.is_issued)
    return [
      act('issueStatement', 'issue', {
        tone: 'main',
        hint: 'settlement.issueHint',
        fields: [reason],
      }),
    ];
  if (isStatementSettled(now.status)) return [];
  return [
    act('recordStatementPayment', 'payments', {
      tone: 'main',
      hint: 'settlement.payHint',
      fields: paymentFields(staff),
      hasFormKey: true,
    }),
    ...(now.is_confirmed
      ? []
      : [act('confirmStatement', 'confirm', { hint: 'settlement.confirmHint', fields: [reason] })]),
    act('openDispute', 'disputes', {
      hint: 'settlement.disputeHint',
      fields: [
        { name: 'amount', label: 'settlement.disputeAmount' },
        { name: 'orderNo', label: 'settlement.orderNo', isOptional: true },
        reason,
      ],
    }),
    ...(now.held
      ? []
      : [
          act('writeOffStatement', 'write-off', {
            tone: 'danger',
            hint: 'settlement.writeOffHint',
            fields: [reason],
            hasFormKey: true,
          }),
        ]),
  ];
}

const paymentFields = (staff: PanelStaff): NonNullable<Verb['fields']> => [
  { name: 'amount', label: 'settlement.amount' },
  { name: 'bankReference', label: 'settlement.reference' },
  { name: 'receivedOn', label: 'settlement.receivedOn' },
  {
    name: 'source',
    label: 'settlement.source',
    options: PAYMENT_SOURCES.map((value) => ({
      value,
      text: translate(staff.language, `enum.paymentSource.${value}`),
    })),
  },
  { name: 'note', label: 'settlement.note', isOptional: true },
];

/** Money that was on its way arrives once. */
export async function paymentVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'money.write')) return [];
  const onItsWay = await pool.query(
    `SELECT 1 FROM statement_payments WHERE id = $1 AND source = 'in-transit' AND arrived_at IS NULL`,
    [id],
  );
  if (onItsWay.rowCount === 0) return [];
  return [
    {
      name: 'notePaymentArrival',
      path: `statement-payments/${id}/arrival`,
      kind: 'post',
      tone: 'main',
      hint: 'settlement.arriveHint',
      fields: [reason],
      done: 'paymentArrived',
    },
  ];
}

export async function disputeVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'money.write')) return [];
  const open = await pool.query(
    `SELECT 1 FROM statement_disputes WHERE id = $1 AND status = 'open'`,
    [id],
  );
  if (open.rowCount === 0) return [];
  return [
    {
      name: 'resolveDispute',
      path: `statement-disputes/${id}/resolve`,
      kind: 'post',
      tone: 'main',
      hint: 'settlement.resolveHint',
      fields: [
        { name: 'conceded', label: 'settlement.conceded' },
        { name: 'reason', label: 'settlement.resolution' },
      ],
      hasFormKey: true,
    },
  ];
}

/** What is agreed changes by a new version; a draft goes to a second person. */
export async function agreementVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'money.write')) return [];
  const { rows } = await pool.query<{ status: AgreementStatus }>(
    'SELECT status FROM settlement_agreements WHERE id = $1',
    [id],
  );
  const act = (name: string, path: string, more: Partial<Verb>): Verb => ({
    name,
    path: `agreements/${id}/${path}`,
    kind: 'post',
    tone: 'main',
    fields: [reason],
    ...more,
  });
  switch (rows[0]?.status) {
    case 'draft':
      return [
        act('activateAgreement', 'activate', {
          hint: 'settlement.activateHint',
          hasFormKey: true,
        }),
      ];
    case 'active':
      return [act('draftAgreement', 'draft', { tone: 'plain', hint: 'settlement.draftHint' })];
    case 'ended':
    case undefined:
      return [];
  }
}
