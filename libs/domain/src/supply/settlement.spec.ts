import { ATTEMPT_STATUSES, MAY_STILL_DELIVER, type AttemptStatus } from './attempt-status.js';
import { settlementStep, type Settlement, type SettlementSource } from './settlement.js';
import { REFUND_UNSTATED, type SupplyReport } from './supply-report.js';

const aReport = (said: SupplyReport['said']): SupplyReport => ({
  said,
  rawStatus: said,
  supplierOrderNo: undefined,
  cards: [],
  costHao: undefined,
  refund: REFUND_UNSTATED,
  message: '',
});
const SUCCEEDED: Settlement = {
  kind: 'verdict',
  verdict: { verdict: 'succeeded', report: aReport('succeeded'), surplus: 0 },
};
const FAILED: Settlement = {
  kind: 'verdict',
  verdict: { verdict: 'failed', report: aReport('failed') },
};
const NOT_RECEIVED: Settlement = { kind: 'verdict', verdict: { verdict: 'not-received' } };
const REJECTED: Settlement = { kind: 'rejected', refusal: 'stock', code: '1', message: '' };
const UNKNOWN: Settlement = { kind: 'unknown', cause: 'no-reply', code: undefined, message: '' };
const ACCEPTED: Settlement = { kind: 'accepted', supplierOrderNo: undefined, costHao: undefined };

const stepOf = (
  status: AttemptStatus,
  settlement: Settlement,
  source: SettlementSource = 'query',
): string => {
  const step = settlementStep(status, settlement, { quantity: 1, source });
  return 'to' in step ? `${step.step} ${step.to}` : step.step;
};

describe('what news does to an attempt', () => {
  it.each<[AttemptStatus, Settlement, string]>([
    ['prepared', ACCEPTED, 'move accepted'],
    ['prepared', UNKNOWN, 'move unknown'],
    ['prepared', REJECTED, 'end rejected'],
    ['prepared', SUCCEEDED, 'end succeeded'],
    ['unknown', SUCCEEDED, 'end succeeded'],
    ['unknown', FAILED, 'end failed'],
    ['unknown', NOT_RECEIVED, 'end not-received'],
    ['accepted', FAILED, 'end failed'],
  ])('moves one that is %s on', (status, settlement, step) => {
    expect(stepOf(status, settlement)).toBe(step);
  });

  it.each<AttemptStatus>(['rejected', 'failed', 'not-received'])(
    'never drops a success that comes after it was given up as %s',
    (status) => {
      expect(stepOf(status, SUCCEEDED)).toBe('late late-success');
    },
  );

  it.each<AttemptStatus>(['succeeded', 'partial', 'late-success'])(
    'knows a failure after it was %s as a reversal',
    (status) => {
      expect(stepOf(status, FAILED)).toBe('reverse reversed');
    },
  );

  it('neither overturns what is settled nor frees a unit by a notification: the supplier is asked', () => {
    expect(stepOf('succeeded', FAILED, 'notification')).toBe('ask');
    expect(stepOf('failed', SUCCEEDED, 'notification')).toBe('ask');
    expect(stepOf('accepted', FAILED, 'notification')).toBe('ask');
    expect(stepOf('accepted', SUCCEEDED, 'notification')).toBe('end succeeded');
  });

  it('does nothing the second time', () => {
    expect(stepOf('succeeded', SUCCEEDED)).toBe('nothing');
    expect(stepOf('not-received', NOT_RECEIVED)).toBe('nothing');
    expect(stepOf('accepted', ACCEPTED)).toBe('nothing');
    expect(stepOf('unknown', UNKNOWN)).toBe('nothing');
  });

  it('keeps a refusal that contradicts what is known, and changes nothing', () => {
    expect(stepOf('accepted', REJECTED)).toBe('contradiction');
    expect(stepOf('succeeded', REJECTED)).toBe('contradiction');
  });

  it('frees units by nothing but an end: "unknown" and "accepted" hold them', () => {
    const frees = (status: AttemptStatus, settlement: Settlement): boolean =>
      stepOf(status, settlement).startsWith('end');
    for (const status of ATTEMPT_STATUSES.filter((one) => MAY_STILL_DELIVER[one])) {
      expect(frees(status, UNKNOWN)).toBe(false);
      expect(frees(status, ACCEPTED)).toBe(false);
    }
  });
});
