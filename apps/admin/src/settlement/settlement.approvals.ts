import type { Pool } from 'pg';
import { z } from 'zod';
import { HAO_PER_YUAN, PAYMENT_SOURCES } from '#domain';
import { type Language, translate } from '#domain/i18n';
import {
  activateAgreement,
  payStatement,
  readStatementById,
  resolveDispute,
  writeOffStatement,
} from '#domain/stores';
import {
  approvalHandler,
  type ApprovalFact,
  type ApprovalHandler,
} from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount } from '../resource/shown-amount.js';

const PAY_ALONE_UP_TO_HAO = 50_000 * HAO_PER_YUAN;
const PAY_OWNER_ABOVE_HAO = 500_000 * HAO_PER_YUAN;
const LOSE_ALONE_UP_TO_HAO = 100 * HAO_PER_YUAN;
const LOSE_OWNER_ABOVE_HAO = 5_000 * HAO_PER_YUAN;

/** The statement and what would still be open of it. */
async function statementFacts(
  { pool, language }: { readonly pool: Pool; readonly language: Language },
  statementId: string,
  offHao: number,
): Promise<readonly ApprovalFact[]> {
  const statement = await readStatementById(pool, statementId);
  if (!statement) return [];
  return [
    {
      label: translate(language, 'entity.Statement'),
      after: `${statement.statementNo} · ${statement.platformName}`,
      to: recordPage('Statement', statementId),
    },
    {
      label: translate(language, 'page.settlement.outstanding'),
      before: shownAmount(statement.outstandingHao),
      after: shownAmount(statement.outstandingHao - offHao),
    },
  ];
}

const payment = approvalHandler({
  kind: 'statement-payment',
  permission: 'money.approve',
  limit: { aloneUpToHao: PAY_ALONE_UP_TO_HAO, ownerAboveHao: PAY_OWNER_ABOVE_HAO },
  action: 'recordStatementPayment',
  done: 'statementPaid',
  repeated: 'statementPaidBefore',
  payload: z.strictObject({
    statementId: z.uuid(),
    amountHao: z.int().positive(),
    source: z.enum(PAYMENT_SOURCES),
    bankReference: z.string(),
    receivedOn: z.string(),
    note: z.string().nullable(),
  }),
  facts: async ({ statementId, amountHao, source, bankReference }, reading) => [
    ...(await statementFacts(reading, statementId, amountHao)),
    {
      label: translate(reading.language, 'page.settlement.source'),
      after: translate(reading.language, `enum.paymentSource.${source}`),
    },
    { label: translate(reading.language, 'page.settlement.reference'), after: bankReference },
  ],
  carryOut: async (paid, { client, askedBy, nowMs }) => {
    const { isNew } = await payStatement(client, { ...paid, actor: askedBy, nowMs });
    return { isNew };
  },
  audited: ({ amountHao, source, bankReference }) => ({
    amount: shownAmount(amountHao),
    source,
    bankReference,
  }),
});

const writeOff = approvalHandler({
  kind: 'statement-write-off',
  permission: 'money.approve',
  limit: { aloneUpToHao: LOSE_ALONE_UP_TO_HAO, ownerAboveHao: LOSE_OWNER_ABOVE_HAO },
  action: 'writeOffStatement',
  done: 'statementWrittenOff',
  repeated: 'statementWrittenOff',
  payload: z.strictObject({ statementId: z.uuid(), amountHao: z.int().positive() }),
  facts: ({ statementId, amountHao }, reading) => statementFacts(reading, statementId, amountHao),
  carryOut: async (loss, { client, askedBy, reason, nowMs }) => {
    await writeOffStatement(client, { ...loss, reason, actor: askedBy, nowMs });
    return { isNew: true };
  },
  audited: ({ amountHao }) => ({ amount: shownAmount(amountHao) }),
});

const dispute = approvalHandler({
  kind: 'dispute-resolution',
  permission: 'money.approve',
  limit: { aloneUpToHao: LOSE_ALONE_UP_TO_HAO, ownerAboveHao: LOSE_OWNER_ABOVE_HAO },
  action: 'resolveDispute',
  done: 'disputeResolved',
  repeated: 'disputeResolved',
  payload: z.strictObject({
    disputeId: z.uuid(),
    statementId: z.uuid(),
    concededHao: z.int().min(0),
  }),
  facts: ({ statementId, concededHao }, reading) =>
    statementFacts(reading, statementId, concededHao),
  carryOut: async ({ disputeId, concededHao }, { client, askedBy, reason, nowMs }) => {
    await resolveDispute(client, {
      disputeId,
      concededHao,
      resolution: reason,
      actor: askedBy,
      nowMs,
    });
    return { isNew: true };
  },
  audited: ({ concededHao }) => ({ amount: shownAmount(concededHao) }),
});

const AGREEMENT = `
  SELECT p.name, a.version_no, a.cycle, a.term_kind || '+' || a.term_days AS term, to_char(a.valid_from, 'YYYY-MM-DD') AS valid_from,
    (SELECT r.term_kind || '+' || r.term_days FROM settlement_agreements r
     WHERE r.platform_id = a.platform_id AND r.status = 'active' ORDER BY r.version_no DESC LIMIT 1) AS term_now
  FROM settlement_agreements a JOIN platforms p ON p.id = a.platform_id WHERE a.id = $1`;

/** What is agreed with a platform always needs two people: it has no amount. */
const agreement = approvalHandler({
  kind: 'settlement-agreement',
  permission: 'money.approve',
  limit: { aloneUpToHao: null, ownerAboveHao: PAY_OWNER_ABOVE_HAO },
  action: 'activateAgreement',
  done: 'agreementActive',
  repeated: 'agreementActive',
  payload: z.strictObject({ agreementId: z.uuid(), version: z.int() }),
  facts: async ({ agreementId }, { pool, language }) => {
    const { rows } = await pool.query<{
      name: string;
      version_no: number;
      term: string;
      term_now: string | null;
      valid_from: string;
    }>(AGREEMENT, [agreementId]);
    const row = rows[0];
    if (!row) return [];
    return [
      {
        label: translate(language, 'entity.SettlementAgreement'),
        after: `${row.name} · ${row.version_no}`,
        to: recordPage('SettlementAgreement', agreementId),
      },
      {
        label: translate(language, 'field.SettlementAgreement.termDays'),
        before: row.term_now ?? '–',
        after: row.term,
      },
      {
        label: translate(language, 'field.SettlementAgreement.validFrom'),
        after: row.valid_from,
      },
    ];
  },
  carryOut: async (draft, { client, askedBy, approvedBy, nowMs }) => {
    await activateAgreement(client, {
      ...draft,
      askedBy,
      approvedBy: approvedBy ?? askedBy,
      nowMs,
    });
    return { isNew: true };
  },
  audited: ({ version }) => ({ version }),
});

/** Acts about statements that may need a second person. */
export const SETTLEMENT_APPROVALS: readonly ApprovalHandler[] = [
  payment,
  writeOff,
  dispute,
  agreement,
];
