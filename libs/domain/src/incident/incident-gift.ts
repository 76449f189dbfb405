import { HAO_PER_FEN } from '../shared/money.js';
import type { IncidentRemedy, IncidentSkipReason } from './incident-kind.js';

/** What is given for each affected order. Amounts of money are a share of what was paid, or fixed; a fixed one wins. */
export interface IncidentTerms {
  readonly remedy: IncidentRemedy;
  readonly days: number;
  /** What a day of service costs us, for one piece. */
  readonly dayCostHao: number;
  readonly percent: number;
  readonly fixedHao: number;
}

/** An affected order, as far as its gift hangs on it. */
export interface AffectedOrder {
  readonly deliveredQuantity: number;
  /** What was paid and has not gone back. */
  readonly keptHao: number;
  /** What compensations have given for it. */
  readonly compensatedHao: number;
}

export interface IncidentGift {
  /** What it costs us; zero where the order gets nothing. */
  readonly amountHao: number;
  readonly skipReason: IncidentSkipReason | null;
}

const skipped = (skipReason: IncidentSkipReason): IncidentGift => ({ amountHao: 0, skipReason });

/** What one order gets. Money is in whole fen and never more than what is left of what was paid. */
export function incidentGift(terms: IncidentTerms, order: AffectedOrder): IncidentGift {
  if (terms.remedy === 'service-days') {
    if (order.deliveredQuantity <= 0) return skipped('nothing-delivered');
    return { amountHao: order.deliveredQuantity * terms.days * terms.dayCostHao, skipReason: null };
  }
  const wantedHao =
    terms.fixedHao > 0
      ? terms.fixedHao
      : Math.floor((order.keptHao * terms.percent) / 100 / HAO_PER_FEN) * HAO_PER_FEN;
  const amountHao = Math.min(wantedHao, order.keptHao - order.compensatedHao);
  return amountHao > 0 ? { amountHao, skipReason: null } : skipped('nothing-left');
}
