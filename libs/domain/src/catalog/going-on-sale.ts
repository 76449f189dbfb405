import { mayList, type SaleVerdict } from '../licence/sale-gate.js';
import type { ProductKind } from './product-kind.js';

/** What a product still needs before it may be sold. */
export type SaleLack = 'price' | 'route' | 'licence';

/**
 * Whether a product may be put on sale; otherwise what it lacks. Cards may be sold out, since orders can wait for an import;
 * anything else is only ever delivered by a supplier. What needs licences needs them for one platform at least.
 */
export function mayGoOnSale(product: {
  readonly kind: ProductKind;
  /** Whether any platform would pay a price now. */
  readonly hasPrice: boolean;
  /** Whether some supplier can be asked for it. */
  readonly hasRoute: boolean;
  /** What the sales gate says of each platform; empty where nothing is required. */
  readonly verdicts?: readonly SaleVerdict[];
}): { readonly lacks: SaleLack | undefined } {
  const { verdicts = [] } = product;
  if (!product.hasPrice) return { lacks: 'price' };
  if (product.kind !== 'card' && !product.hasRoute) return { lacks: 'route' };
  return { lacks: verdicts.length > 0 && !verdicts.some(mayList) ? 'licence' : undefined };
}
