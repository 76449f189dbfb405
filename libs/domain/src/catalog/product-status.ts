import type { Moves } from '../shared/transitions.js';

export const PRODUCT_STATUSES = ['draft', 'on-sale', 'off-sale', 'retired'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

export const PRODUCT_MOVES = {
  draft: ['on-sale', 'retired'],
  'on-sale': ['off-sale', 'retired'],
  'off-sale': ['on-sale', 'retired'],
  retired: [],
} as const satisfies Moves<ProductStatus>;
