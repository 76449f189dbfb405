import { refuse, type Refusal } from '../shared/domain-error.js';
import type { ProductStatus } from './product-status.js';

/** The part of a product that decides whether and how much of it may be sold. */
export interface SaleRules {
  readonly code: string;
  readonly status: ProductStatus;
  readonly minQuantity: number;
  readonly maxQuantity: number;
  readonly quantityStep: number;
  readonly bannedChannels: readonly string[];
}

/** Whether this product may be sold in this quantity through this channel; undefined means yes. */
export function saleRefusal(
  product: SaleRules,
  quantity: number,
  saleChannel: string | null,
): Refusal | undefined {
  if (product.status !== 'on-sale')
    return refuse('product.off-sale', { productCode: product.code });
  if (saleChannel !== null && product.bannedChannels.includes(saleChannel))
    return refuse('product.banned-channel', { productCode: product.code, saleChannel });
  const { minQuantity, maxQuantity, quantityStep } = product;
  const fits =
    quantity >= minQuantity &&
    quantity <= maxQuantity &&
    (quantity - minQuantity) % quantityStep === 0;
  if (!fits)
    return refuse('order.quantity-out-of-range', {
      quantity,
      minQuantity,
      maxQuantity,
      quantityStep,
    });
  return undefined;
}
