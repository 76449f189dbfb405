import type { ProductKind } from './product-kind.js';

/** What a product still needs before it may be sold. */
export type SaleLack = 'price' | 'route';

/**
 * Whether a product may be put on sale; otherwise what it lacks. Cards may be sold out, since orders can wait for an import;
 * anything else is only ever delivered by a supplier.
 */
export function mayGoOnSale(product: {
  readonly kind: ProductKind;
  /** Whether any platform would pay a price now. */
  readonly hasPrice: boolean;
  /** Whether some supplier can be asked for it. */
  readonly hasRoute: boolean;
}): { readonly lacks: SaleLack | undefined } {
  if (!product.hasPrice) return { lacks: 'price' };
  return { lacks: product.kind === 'card' || product.hasRoute ? undefined : 'route' };
}
