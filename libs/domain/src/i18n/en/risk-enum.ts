import type { CreditBand, CreditStage } from '../../credit/credit-band.js';
import type { PrepaymentReason } from '../../risk/prepayment.js';

/** Values of credit and risk. */
export const riskEnumTexts = {
  creditBand: {
    A: 'Band A',
    B: 'Band B',
    C: 'Band C',
    D: 'Band D',
  } satisfies Record<CreditBand, string>,
  creditStage: {
    open: 'Open',
    'credit-stopped': 'Credit stopped',
    'sales-stopped': 'Sales stopped',
    collection: 'In collection',
  } satisfies Record<CreditStage, string>,
  prepaymentReason: {
    'not-scored': 'Not scored yet',
    'band-too-low': 'Band too low',
    'over-limit': 'Over the credit limit',
    overdue: 'Overdue',
    watched: 'On watch',
    sudden: 'Sudden growth',
  } satisfies Record<PrepaymentReason, string>,
} as const;
