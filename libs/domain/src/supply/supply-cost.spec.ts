import { costOfDelivery, owedAfterFailure, refundOfReversal } from './supply-cost.js';
import { REFUND_UNSTATED, type RefundFact, type SupplyReport } from './supply-report.js';

const AGREED = { quantity: 2, costHao: 10_000 };
const aReport = (
  costHao: number | undefined,
  refund: RefundFact = REFUND_UNSTATED,
): SupplyReport => ({
  said: 'succeeded',
  rawStatus: '',
  supplierOrderNo: undefined,
  cards: [],
  costHao,
  refund,
  message: '',
});

describe('what an attempt has cost', () => {
  it('is what the supplier took, less what it gave back', () => {
    expect(costOfDelivery(AGREED, aReport(19_000), 2).paidHao).toBe(19_000);
    expect(
      costOfDelivery(AGREED, aReport(20_000, { state: 'part', amountHao: 10_000 }), 1).paidHao,
    ).toBe(10_000);
  });

  it('is the agreed price of the units received where the supplier says nothing', () => {
    expect(costOfDelivery(AGREED, aReport(undefined), 1).paidHao).toBe(10_000);
    expect(costOfDelivery(AGREED, undefined, 2).paidHao).toBe(20_000);
  });

  it('is an overcharge beyond the price that was agreed', () => {
    expect(costOfDelivery(AGREED, aReport(25_000), 2).overchargeHao).toBe(5_000);
    expect(costOfDelivery(AGREED, aReport(20_000), 2).overchargeHao).toBe(0);
  });

  it('is owed to us where a failure was not paid back', () => {
    expect(owedAfterFailure(AGREED, aReport(20_000, { state: 'none', amountHao: 0 }))).toBe(20_000);
    expect(
      owedAfterFailure(AGREED, aReport(undefined, { state: 'marked', amountHao: undefined })),
    ).toBe(20_000);
    expect(owedAfterFailure(AGREED, aReport(20_000, { state: 'part', amountHao: 5_000 }))).toBe(
      15_000,
    );
    expect(owedAfterFailure(AGREED, aReport(20_000, { state: 'full', amountHao: 20_000 }))).toBe(0);
    expect(owedAfterFailure(AGREED, aReport(20_000))).toBe(0);
  });

  it('comes back with a reversal as far as the supplier paid', () => {
    expect(refundOfReversal(20_000, aReport(20_000, { state: 'full', amountHao: 20_000 }))).toBe(
      20_000,
    );
    expect(refundOfReversal(20_000, aReport(20_000))).toBe(0);
  });
});
