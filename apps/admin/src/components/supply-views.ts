// What the server tells the pages of supply. This file imports only other views.
import type { Choice, RelatedSection } from './views.js';

/** What may be asked of the choice of a source. */
export interface WhatIfChoices {
  readonly products: readonly Choice[];
  readonly platforms: readonly Choice[];
  readonly regions: readonly string[];
}

export interface WhatIfView {
  /** Who would get it, in words. */
  readonly answer: string;
  readonly isServed: boolean;
  readonly sections: readonly RelatedSection[];
}

/** An attempt whose outcome nobody knows. */
export interface UndecidedRow {
  readonly id: string;
  readonly attemptNo: string;
  readonly orderNo: string | null;
  readonly orderId: string | null;
  readonly supplierCode: string;
  readonly productName: string;
  readonly quantity: number;
  readonly amount: string;
  readonly age: string;
  readonly cause: string;
  readonly askedTimes: number;
  readonly nextAt: string | null;
  readonly waitsForPerson: boolean;
  readonly mayAsk: boolean;
}

export interface UndecidedView {
  readonly rows: readonly UndecidedRow[];
  readonly total: string;
  readonly isCapped: boolean;
  readonly countMax: number;
  readonly suppliers: readonly string[];
  readonly mayDecide: boolean;
}
