import { ApiCall } from '../docs/api-call.js';
import { productPage, productView, quoteView } from '../docs/views.js';
import { pageQuery } from '../http/fields.js';
import { quoteRequest } from './products.dto.js';

export const ListProductsCall = (): MethodDecorator =>
  ApiCall({
    summary: 'What you may buy now',
    query: pageQuery,
    answers: { 200: { description: 'Products in order of code.', view: productPage } },
    errors: ['request.invalid'],
  });

export const FindProductCall = (): MethodDecorator =>
  ApiCall({
    summary: 'One product',
    params: { productCode: 'For example `STEAM-100`.' },
    answers: { 200: { description: 'The product.', view: productView } },
    errors: ['product.not-found'],
  });

export const QuoteCall = (): MethodDecorator =>
  ApiCall({
    summary: 'The price now, and why',
    body: quoteRequest,
    answers: { 200: { description: 'The quote.', view: quoteView } },
    errors: ['request.invalid', 'product.off-sale', 'order.quantity-out-of-range'],
    refusals: ['product.not-found'],
  });
