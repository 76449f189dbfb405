import { z } from 'zod';
import { HAO_PER_YUAN, STANDARD_LIMIT } from '#domain';
import { translate } from '#domain/i18n';
import {
  bookDeposit,
  type BookedEntry,
  bookGrant,
  bookPayment,
  bookPayout,
  type DepositKind,
} from '#domain/stores';
import {
  approvalHandler,
  type ActResult,
  type ApprovalAct,
  type ApprovalHandler,
} from '../approval/approval-handler.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { balanceAfter, moneyFacts } from './platform-money-facts.js';

/** Money that has been seen at the bank: a mistake is found there and can be reversed. */
const SEEN_AT_THE_BANK = {
  aloneUpToHao: 50_000 * HAO_PER_YUAN,
  ownerAboveHao: 500_000 * HAO_PER_YUAN,
} as const;
/** Money that leaves the house. */
const LEAVES_THE_HOUSE = { aloneUpToHao: null, ownerAboveHao: 50_000 * HAO_PER_YUAN } as const;

const platformId = z.uuid();
const amountHao = z.int().positive();
const bankFields = { receiptNo: z.string(), payer: z.string() };
const common = { permission: 'money.approve', repeated: 'moneyRepeated' } as const;

const booked = async (act: ApprovalAct, id: string, entry: BookedEntry): Promise<ActResult> => ({
  isNew: entry.isNew,
  answer: { balance: await balanceAfter(act.client, id) },
});
const memoOf = (act: ApprovalAct, ...parts: string[]): string =>
  [...parts, act.askedBy, ...(act.approvedBy === null ? [] : [act.approvedBy])]
    .join(' · ')
    .slice(0, 200);

/** A prepayment that finance has seen at the bank. */
const topUp = approvalHandler({
  ...common,
  kind: 'platform-top-up',
  limit: SEEN_AT_THE_BANK,
  action: 'recordTopUp',
  done: 'topUpRecorded',
  repeated: 'topUpRepeated',
  payload: z.strictObject({ platformId, amountHao, ...bankFields }),
  facts: (payload, { pool, language }) =>
    moneyFacts(pool, language, payload.platformId, {
      moves: [['platform-balance', payload.amountHao]],
      facts: [
        [translate(language, 'field.BalanceLot.receiptNo'), payload.receiptNo],
        [translate(language, 'field.BalanceLot.payer'), payload.payer],
      ],
    }),
  carryOut: async (payload, act) =>
    booked(
      act,
      payload.platformId,
      await bookPayment(act.client, {
        ...payload,
        key: act.key,
        memo: memoOf(act, payload.receiptNo, payload.payer),
        nowMs: act.nowMs,
      }),
    ),
  audited: (payload) => ({
    amount: shownAmount(payload.amountHao),
    receiptNo: payload.receiptNo,
    payer: payload.payer,
  }),
});

const grant = approvalHandler({
  ...common,
  kind: 'platform-grant',
  limit: STANDARD_LIMIT,
  action: 'grantBalance',
  done: 'grantRecorded',
  payload: z.strictObject({ platformId, amountHao, expiresAtMs: z.int().nullable() }),
  facts: (payload, { pool, language }) =>
    moneyFacts(pool, language, payload.platformId, {
      moves: [['platform-balance', payload.amountHao]],
      facts: [
        [
          translate(language, 'field.BalanceLot.expiresAt'),
          payload.expiresAtMs === null
            ? translate(language, 'page.ledger.never')
            : shanghaiTime(new Date(payload.expiresAtMs)),
        ],
      ],
    }),
  carryOut: async (payload, act) =>
    booked(
      act,
      payload.platformId,
      await bookGrant(act.client, {
        ...payload,
        key: act.key,
        memo: memoOf(act, act.reason),
        nowMs: act.nowMs,
      }),
    ),
  audited: (payload) => ({ amount: shownAmount(payload.amountHao) }),
});

/** Money goes back to who paid it in. */
const payout = approvalHandler({
  ...common,
  kind: 'platform-payout',
  limit: LEAVES_THE_HOUSE,
  action: 'payOut',
  done: 'payoutRecorded',
  payload: z.strictObject({ platformId, amountHao, payer: z.string() }),
  facts: (payload, { pool, language }) =>
    moneyFacts(pool, language, payload.platformId, {
      moves: [['platform-balance', -payload.amountHao]],
      facts: [[translate(language, 'field.BalanceLot.payer'), payload.payer]],
    }),
  carryOut: async (payload, act) =>
    booked(
      act,
      payload.platformId,
      await bookPayout(act.client, {
        ...payload,
        key: act.key,
        memo: memoOf(act, act.reason),
        nowMs: act.nowMs,
      }),
    ),
  audited: (payload) => ({ amount: shownAmount(payload.amountHao), payer: payload.payer }),
});

const DEPOSITS = {
  'deposit-received': { limit: SEEN_AT_THE_BANK, action: 'receiveDeposit', balance: 0, deposit: 1 },
  'deposit-returned': { limit: LEAVES_THE_HOUSE, action: 'returnDeposit', balance: 0, deposit: -1 },
  'deposit-used': { limit: STANDARD_LIMIT, action: 'useDeposit', balance: 1, deposit: -1 },
} as const satisfies Record<DepositKind, object>;

const deposit = (kind: DepositKind): ApprovalHandler => {
  const { limit, action, balance, deposit: direction } = DEPOSITS[kind];
  return approvalHandler({
    ...common,
    kind,
    limit,
    action,
    done: 'depositRecorded',
    payload: z.strictObject({ platformId, amountHao }),
    facts: (payload, { pool, language }) =>
      moneyFacts(pool, language, payload.platformId, {
        moves: [
          ['platform-deposit', direction * payload.amountHao],
          ...(balance === 0 ? [] : [['platform-balance', payload.amountHao] as const]),
        ],
        facts: [],
      }),
    carryOut: async (payload, act) =>
      booked(
        act,
        payload.platformId,
        await bookDeposit(act.client, kind, {
          ...payload,
          key: act.key,
          memo: memoOf(act, act.reason),
          nowMs: act.nowMs,
        }),
      ),
    audited: (payload) => ({ amount: shownAmount(payload.amountHao) }),
  });
};

/** Money of a platform that moves by a decision of ours. */
export const PLATFORM_MONEY_APPROVALS: readonly ApprovalHandler[] = [
  topUp,
  grant,
  payout,
  deposit('deposit-received'),
  deposit('deposit-returned'),
  deposit('deposit-used'),
];
