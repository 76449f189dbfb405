import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { languageOf } from '#domain/i18n';
import { pageQuery, productCode as productCodeField } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { parseBody, parseQuery } from '../http/validate.js';
import { Caller, type CallerIdentity } from '../signing/caller.js';
import { quoteRequest, type ProductView, type QuoteView } from './products.dto.js';
import { FindProductCall, ListProductsCall, QuoteCall } from './products.openapi.js';
import { ProductsService, type ProductPage } from './products.service.js';

@Controller('open/v1')
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @Get('products')
  @ListProductsCall()
  list(@Caller() caller: CallerIdentity, @Query() query: unknown): Promise<ProductPage> {
    const { limit, cursor } = parseQuery(pageQuery, query);
    return this.products.list(caller.platform.id, limit, cursor);
  }

  @Get('products/:productCode')
  @FindProductCall()
  find(
    @Caller() caller: CallerIdentity,
    @Param('productCode') productCode: string,
  ): Promise<ProductView> {
    if (!productCodeField.safeParse(productCode).success)
      throw new Problem('product.not-found', { productCode: '?' });
    return this.products.find(caller.platform.id, productCode);
  }

  @Post('quotes')
  @HttpCode(200)
  @QuoteCall()
  quote(
    @Caller() caller: CallerIdentity,
    @Body() raw: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
  ): Promise<QuoteView> {
    return this.products.quote(
      caller.platform.id,
      parseBody(quoteRequest, raw),
      languageOf(acceptLanguage),
    );
  }
}
