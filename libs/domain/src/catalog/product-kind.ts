export const PRODUCT_KINDS = ['card', 'top-up', 'manual', 'licence', 'membership'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];
