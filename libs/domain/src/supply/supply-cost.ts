import type { SupplyReport } from './supply-report.js';

/** What was agreed for an attempt. */
export interface AgreedCost {
  readonly quantity: number;
  /** The most one unit may cost. */
  readonly costHao: number;
}

/**
 * What a delivery has cost: what the supplier says it took, less what it gave back; without a word the agreed price of
 * the units received. What it took beyond the agreed price is an overcharge.
 */
export function costOfDelivery(
  agreed: AgreedCost,
  report: SupplyReport | undefined,
  receivedUnits: number,
): { readonly paidHao: number; readonly overchargeHao: number } {
  const agreedHao = agreed.costHao * Math.min(receivedUnits, agreed.quantity);
  const paidHao = paidByReport(report) ?? agreedHao;
  return { paidHao, overchargeHao: Math.max(0, paidHao - agreed.costHao * agreed.quantity) };
}

function paidByReport(report: SupplyReport | undefined): number | undefined {
  if (report?.costHao === undefined || report.costHao < 0) return undefined;
  const { refund, costHao } = report;
  if (refund.state === 'full') return 0;
  return refund.state === 'part' && refund.amountHao !== undefined
    ? Math.max(0, costHao - refund.amountHao)
    : costHao;
}

/** What the supplier keeps of a failure. One that says nothing of a refund is taken at its word that nothing was sold. */
export function owedAfterFailure(agreed: AgreedCost, report: SupplyReport): number {
  const { refund } = report;
  const takenHao = report.costHao ?? agreed.costHao * agreed.quantity;
  switch (refund.state) {
    case 'unstated':
    case 'full':
      return 0;
    case 'none':
    case 'marked':
      return Math.max(0, takenHao);
    case 'part':
      return Math.max(0, takenHao - (refund.amountHao ?? 0));
  }
}

/** What comes back of a success that was taken back. */
export function refundOfReversal(paidHao: number, report: SupplyReport): number {
  const { refund } = report;
  if (refund.state === 'full') return paidHao;
  return refund.state === 'part' ? Math.min(paidHao, refund.amountHao ?? 0) : 0;
}
