import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import {
  closingFault,
  dayOfDate,
  HAO_PER_YUAN,
  mayStaff,
  monthAfter,
  monthOf,
  periodOf,
  shanghaiDate,
  shanghaiDayNumber,
} from '#domain';
import { BALANCE_BASES, trialBalanceAt } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import type {
  AccountChoice,
  BalanceLine,
  BalancesView,
  TrialBalanceView,
} from '../components/ledger-views.js';
import { checked } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';
import {
  balancesByDay,
  endOfDay,
  movedByDay,
  type PlatformBalanceRow,
  platformBalances,
  periodState,
} from './ledger-data.queries.js';

const ACCOUNTS_MAX = 2_000;
const trialQuery = z.object({ date: z.string().max(10).optional(), basis: z.enum(BALANCE_BASES) });

/** What the pages of finance show. */
@Controller('admin/data/ledger')
export class LedgerDataController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('money.read')
  @Header('Cache-Control', 'no-store')
  @Get('balances')
  async balances(): Promise<BalancesView> {
    const rows = await platformBalances(this.pool);
    const ids = rows.map((row) => row.account_id);
    const moved = await movedByDay(this.pool, ids, Date.now());
    const sum = (pick: (row: PlatformBalanceRow) => string): string =>
      shownAmount(rows.reduce((total, row) => total + Number(pick(row)), 0));
    return {
      lines: rows.map((row) => balanceLine(row, moved.get(row.account_id))),
      total: {
        balance: sum((row) => row.balance),
        held: sum((row) => row.held),
        deposit: sum((row) => row.deposit),
      },
    };
  }

  @Requires('money.write')
  @Get('accounts')
  async accounts(): Promise<{ accounts: readonly AccountChoice[] }> {
    const { rows } = await this.pool.query<AccountChoice>(
      `SELECT id, code, kind FROM ledger_accounts ORDER BY platform_id NULLS FIRST, supplier_id NULLS FIRST, code LIMIT ${ACCOUNTS_MAX}`,
    );
    return { accounts: rows };
  }

  @Requires('money.read')
  @Header('Cache-Control', 'no-store')
  @Get('trial-balance')
  async trialBalance(
    @Staff() staff: PanelStaff,
    @Query() query: unknown,
  ): Promise<TrialBalanceView> {
    const { date = '', basis } = checked(trialQuery, query);
    const nowMs = Date.now();
    const day = dayOfDate(date) ?? shanghaiDayNumber(nowMs);
    const accounts = await trialBalanceAt(this.pool, endOfDay(day), basis);
    const { lastClosed, firstAt } = await periodState(this.pool);
    const firstMonth = monthOf(firstAt?.getTime() ?? nowMs);
    const nextMonth = lastClosed === null ? firstMonth : monthAfter(lastClosed);
    const next = periodOf(nextMonth);
    const isClosable =
      next !== undefined && closingFault(next, { lastClosed, firstMonth, nowMs }) === undefined;
    return {
      date: dayOfDate(date) === undefined ? shanghaiDate(nowMs) : date,
      basis,
      lines: accounts
        .filter(({ amountHao }) => amountHao !== 0)
        .map(({ id, code, kind, amountHao }) => ({
          id,
          code,
          kind,
          amount: shownAmount(amountHao),
        })),
      sum: shownAmount(accounts.reduce((total, { amountHao }) => total + amountHao, 0)),
      lastClosed,
      closable: isClosable ? nextMonth : null,
      nextMonth,
      mayClose: mayStaff(staff.role, 'money.write'),
    };
  }
}

function balanceLine(
  row: PlatformBalanceRow,
  moved: ReadonlyMap<number, number> | undefined,
): BalanceLine {
  const balanceHao = Number(row.balance);
  return {
    platformId: row.platform_id,
    accountId: row.account_id,
    code: row.code,
    name: row.name,
    balance: shownAmount(balanceHao),
    available: shownAmount(balanceHao - Number(row.floor)),
    held: shownAmount(Number(row.held)),
    deposit: shownAmount(Number(row.deposit)),
    prepayment: shownAmount(Number(row.prepayment)),
    creditLimit: shownAmount(0 - Number(row.floor)),
    paidLots: shownAmount(Number(row.paid)),
    grantedLots: shownAmount(Number(row.granted)),
    isNegative: balanceHao < 0,
    days: balancesByDay(balanceHao, moved).map((hao) => hao / HAO_PER_YUAN),
  };
}
