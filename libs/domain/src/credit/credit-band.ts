/** How much trust a score earns. */
export const CREDIT_BANDS = ['A', 'B', 'C', 'D'] as const;
export type CreditBand = (typeof CREDIT_BANDS)[number];

/** What an overdue platform may still do: first it gets no more credit, then no more goods, at last it is collected from. */
export const CREDIT_STAGES = ['open', 'credit-stopped', 'sales-stopped', 'collection'] as const;
export type CreditStage = (typeof CREDIT_STAGES)[number];

/** Whether nothing more is sold, not even for what was prepaid. */
export const stopsSales = (stage: CreditStage): boolean =>
  stage === 'sales-stopped' || stage === 'collection';
