import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { OrderView } from '#domain';
import { languageOf } from '#domain/i18n';
import { merchantOrderNo as merchantOrderNoField } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { parseBody } from '../http/validate.js';
import { Caller, RecordsNonce, type CallerIdentity } from '../signing/caller.js';
import { NoncesService } from '../signing/nonces.service.js';
import {
  AcceptStageCall,
  CancelOrderCall,
  CreateOrderCall,
  FindOrderCall,
} from './orders.openapi.js';
import { requireAllowedCallback } from './callback-host.js';
import { cancelOrder, createOrder, preferredWaitMs, type CreateOrder } from './orders.dto.js';
import { OrdersService } from './orders.service.js';

@Controller('open/v1/orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly nonces: NoncesService,
  ) {}

  @Post()
  @RecordsNonce()
  @CreateOrderCall()
  async create(
    @Caller() caller: CallerIdentity,
    @Body() raw: unknown,
    @Headers('prefer') prefer: string | undefined,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderView> {
    const body = await this.parseSubmit(caller, raw);
    const waitMs = preferredWaitMs(prefer);
    const answer = await this.orders.submit(caller, body, {
      waitMs,
      language: languageOf(acceptLanguage),
    });
    void reply.status(answer.isNew ? 201 : 200);
    if (waitMs > 0) void reply.header('Preference-Applied', `wait=${waitMs / 1000}`);
    reply.raw.once('finish', answer.afterReply);
    return answer.view;
  }

  @Get(':merchantOrderNo')
  @FindOrderCall()
  find(
    @Caller() caller: CallerIdentity,
    @Param('merchantOrderNo') merchantOrderNo: string,
    @Headers('accept-language') acceptLanguage: string | undefined,
  ): Promise<OrderView> {
    return this.orders.find(caller, knownShape(merchantOrderNo), languageOf(acceptLanguage));
  }

  @Post(':merchantOrderNo/cancel')
  @HttpCode(200)
  @CancelOrderCall()
  cancel(
    @Caller() caller: CallerIdentity,
    @Param('merchantOrderNo') merchantOrderNo: string,
    @Body() raw: unknown,
    @Headers('accept-language') acceptLanguage: string | undefined,
  ): Promise<OrderView> {
    const { reason } = raw === undefined ? {} : parseBody(cancelOrder, raw);
    return this.orders.cancel(
      caller,
      knownShape(merchantOrderNo),
      reason,
      languageOf(acceptLanguage),
    );
  }

  @Post(':merchantOrderNo/stages/:stageNo/accept')
  @HttpCode(200)
  @AcceptStageCall()
  acceptStage(
    @Caller() caller: CallerIdentity,
    @Param('merchantOrderNo') merchantOrderNo: string,
    @Param('stageNo') stageNo: string,
    @Headers('accept-language') acceptLanguage: string | undefined,
  ): Promise<OrderView> {
    if (!/^\d{1,2}$/.test(stageNo))
      throw new Problem('stage.not-found', { stageNo: stageNo.slice(0, 8) });
    return this.orders.acceptStage(
      caller,
      { merchantOrderNo: knownShape(merchantOrderNo), stageNo: Number(stageNo) },
      languageOf(acceptLanguage),
    );
  }

  /** A submit that is refused before its transaction still uses up its nonce, as any signed request does. */
  private async parseSubmit(caller: CallerIdentity, raw: unknown): Promise<CreateOrder> {
    try {
      const body = parseBody(createOrder, raw);
      requireAllowedCallback(body.callbackUrl, caller.platform);
      return body;
    } catch (error) {
      if (!(await this.nonces.record(caller))) throw new Problem('auth.refused');
      throw error;
    }
  }
}

/** A number of another shape cannot be an order's. */
function knownShape(merchantOrderNo: string): string {
  if (!merchantOrderNoField.safeParse(merchantOrderNo).success)
    throw new Problem('order.not-found', { merchantOrderNo: merchantOrderNo.slice(0, 32) });
  return merchantOrderNo;
}
