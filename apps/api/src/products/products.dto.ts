import { z } from 'zod';
import {
  formatUnitPrice,
  offeredLevel,
  type AccountField,
  type ProductKind,
  type StockLevel,
} from '#domain';
import type { Offer } from '#domain/stores';
import { productCode, quantity } from '../http/fields.js';

/** Body of `POST /open/v1/quotes`. */
export const quoteRequest = z.strictObject({ productCode, quantity });
export type QuoteRequest = z.infer<typeof quoteRequest>;

export interface ProductView {
  readonly productCode: string;
  readonly name: string;
  readonly kind: ProductKind;
  readonly price: string;
  readonly stock: StockLevel;
  readonly mayWait: boolean;
  readonly minQuantity: number;
  readonly maxQuantity: number;
  readonly quantityStep: number;
  readonly accountFields: readonly AccountField[];
  readonly bannedChannels: readonly string[];
}

export interface QuoteView {
  readonly productCode: string;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly amount: string;
  readonly reasons: readonly { readonly code: string; readonly detail: string }[];
}

/** A whitelist: what a platform may know of a product. */
export function toProductView(offer: Offer, unitPriceHao: number): ProductView {
  return {
    productCode: offer.code,
    name: offer.name,
    kind: offer.kind,
    price: formatUnitPrice(unitPriceHao),
    stock: offeredLevel(offer),
    mayWait: offer.mayWait,
    minQuantity: offer.minQuantity,
    maxQuantity: offer.maxQuantity,
    quantityStep: offer.quantityStep,
    accountFields: offer.accountFields,
    bannedChannels: offer.bannedChannels,
  };
}
