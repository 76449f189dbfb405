import { Controller, Get, Inject } from '@nestjs/common';
import pg from 'pg';
import { formatAmount } from '#domain';
import { readPlatformBalance } from '#domain/stores';
import { Caller, type CallerIdentity } from '../signing/caller.js';
import { BalanceCall, type BalanceView } from './balance.openapi.js';

@Controller('open/v1/balance')
export class BalanceController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Get()
  @BalanceCall()
  async find(@Caller() caller: CallerIdentity): Promise<BalanceView> {
    const { balanceHao, heldHao, creditLimitHao } = await readPlatformBalance(
      this.pool,
      caller.platform.id,
    );
    return {
      balance: formatAmount(balanceHao),
      held: formatAmount(heldHao),
      creditLimit: formatAmount(creditLimitHao),
      creditUsed: formatAmount(Math.max(0, -balanceHao)),
    };
  }
}
