import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { formatAmount, formatUnitPrice, lineAmountHao, saleRefusal, type ErrorCode } from '#domain';
import { translate, type Language } from '#domain/i18n';
import { offerPrice, readOffer, readOffers } from '#domain/stores';
import { productCode as productCodeField } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import {
  toProductView,
  type ProductView,
  type QuoteRequest,
  type QuoteView,
} from './products.dto.js';

export interface ProductPage {
  readonly items: readonly ProductView[];
  readonly nextCursor: string | null;
}

@Injectable()
export class ProductsService {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** What the platform may buy now, in order of code; a product without a price or a licence for it is not listed. */
  async list(platformId: string, limit: number, cursor: string | undefined): Promise<ProductPage> {
    const nowMs = Date.now();
    const afterCode = cursor === undefined ? '' : codeOfCursor(cursor);
    const offers = await readOffers(this.pool, platformId, { afterCode, limit: limit + 1 }, nowMs);
    const page = offers.slice(0, limit);
    const items = page.flatMap((offer) => {
      const price = offerPrice(offer, offer.minQuantity, nowMs);
      return price && !offer.licenceRefusal ? [toProductView(offer, price.unitPriceHao)] : [];
    });
    const last = page.at(-1);
    const nextCursor =
      offers.length > limit && last ? Buffer.from(last.code, 'utf8').toString('base64url') : null;
    return { items, nextCursor };
  }

  /** Throws `product.not-found` for what this platform cannot buy. */
  async find(platformId: string, productCode: string): Promise<ProductView> {
    const nowMs = Date.now();
    const offer = await readOffer(this.pool, platformId, productCode, nowMs);
    const price = offer && offerPrice(offer, offer.minQuantity, nowMs);
    if (!price || offer.status !== 'on-sale' || offer.licenceRefusal)
      throw new Problem('product.not-found', { productCode });
    return toProductView(offer, price.unitPriceHao);
  }

  /** The price of this quantity now, and why. */
  async quote(platformId: string, request: QuoteRequest, language: Language): Promise<QuoteView> {
    const nowMs = Date.now();
    const { productCode, quantity } = request;
    const refuse = (code: ErrorCode, params = {}): Problem =>
      new Problem(code, { productCode, ...params }, { status: 422 });
    const offer = await readOffer(this.pool, platformId, productCode, nowMs);
    if (!offer || offer.status === 'draft' || offer.status === 'retired')
      throw refuse('product.not-found');
    const refusal = offer.licenceRefusal ?? saleRefusal(offer, quantity, null);
    if (refusal) throw refuse(refusal.code, refusal.params);
    const price = offerPrice(offer, quantity, nowMs);
    if (!price) throw refuse('product.not-found');
    return {
      productCode,
      quantity,
      unitPrice: formatUnitPrice(price.unitPriceHao),
      amount: formatAmount(lineAmountHao(price.unitPriceHao, quantity)),
      reasons: [
        { code: price.reason, detail: translate(language, `enum.priceReason.${price.reason}`) },
      ],
    };
  }
}

/** A cursor is the last code of the page before it; anything else was not given out by us. */
function codeOfCursor(cursor: string): string {
  const code = productCodeField.safeParse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (code.success) return code.data;
  throw new Problem(
    'request.invalid',
    {},
    { errors: [{ pointer: '#query/cursor', issue: 'cursor' }] },
  );
}
