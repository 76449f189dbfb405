/** What a product is by law: it decides which licences selling it needs. */
export const PRODUCT_CATEGORIES = [
  'other',
  'game',
  'software',
  'media',
  'prepaid-card',
  'phone-credit',
  'membership',
] as const;
export type ProductCategory = (typeof PRODUCT_CATEGORIES)[number];
