import { Controller, Get, Inject } from '@nestjs/common';
import pg from 'pg';
import {
  isFinal,
  mayStaff,
  type OrderStatus,
  runwayState,
  shanghaiDate,
  stockLevel,
} from '#domain';
import { ComplaintTile } from '../complaint/complaint-tile.js';
import type { DashboardView } from '../components/views.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { countLicences, readRegister } from '../licence/licence.queries.js';
import { nextPeak } from '../peak/next-peak.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { readCompensationToday } from '../compensation/compensation.queries.js';
import { shownAmount } from '../resource/shown-amount.js';
import { moneyDueTile } from '../settlement/money-due-page.js';
import {
  LATE_COUNT_MAX,
  ordersSince,
  readBacklog,
  startOfToday,
  STOCK_COUNT_MAX,
  stockOfProducts,
} from './dashboard.queries.js';

@Controller('admin/data/dashboard')
export class DashboardController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly complaintTile: ComplaintTile,
  ) {}

  @Requires('order.read')
  @Get()
  async show(@Staff() staff: PanelStaff): Promise<DashboardView> {
    const nowMs = Date.now();
    const mayMoney = mayStaff(staff.role, 'money.read');
    const [figures, backlog, stock, peak, today, moneyDue, complaints] = await Promise.all([
      ordersSince(this.pool, startOfToday(nowMs)),
      readBacklog(this.pool, nowMs),
      stockOfProducts(this.pool, shanghaiDate(nowMs)),
      mayStaff(staff.role, 'supply.read') ? nextPeak(this.pool, staff.language, nowMs) : null,
      readCompensationToday(this.pool, nowMs),
      mayMoney ? moneyDueTile(this.pool, nowMs) : null,
      mayStaff(staff.role, 'complaint.read') ? this.complaintTile.read(nowMs) : null,
    ]);
    const orders = Object.entries(figures.byStatus).map(([status, count]) => ({
      status: status as OrderStatus,
      count,
    }));
    const money = {
      sales: shownAmount(figures.salesHao),
      refunded: shownAmount(figures.refundedHao),
    };
    return {
      orders,
      orderCount: orders.reduce((sum, { count }) => sum + count, 0),
      fulfilment: fulfilmentPercent(orders),
      money: mayMoney ? money : null,
      moneyDue,
      backlog: {
        ...backlog,
        approvals: mayStaff(staff.role, 'approval.read') ? backlog.approvals : null,
        held: mayStaff(staff.role, 'risk.read') ? backlog.held : null,
        isLateCapped: backlog.callbacksLate >= LATE_COUNT_MAX,
      },
      stock: stock.map(({ lowStockThreshold, runwayHoursMin, ...line }) => ({
        ...line,
        runway: runwayState(line.hoursLeft, runwayHoursMin),
        isCapped: line.available >= STOCK_COUNT_MAX,
        level: stockLevel(line.available, lowStockThreshold),
      })),
      mayImport: mayStaff(staff.role, 'card.import'),
      peak,
      complaints,
      licences: mayStaff(staff.role, 'licence.read')
        ? await countLicences(this.pool, await readRegister(this.pool, nowMs))
        : null,
      compensation: mayStaff(staff.role, 'compensation.read')
        ? {
            spent: shownAmount(today.givenHao),
            limit: shownAmount(today.limitHao),
            isFull: today.spentHao >= today.limitHao,
            proposed: today.proposed,
          }
        : null,
    };
  }
}

/** Never rounded up: 99.999 % is not all. What the platform itself cancelled was not failed by us, but it was not delivered. */
function fulfilmentPercent(
  orders: readonly { readonly status: OrderStatus; readonly count: number }[],
): string | null {
  const ended = orders.filter(({ status }) => isFinal(status) && status !== 'cancelled');
  const total = ended.reduce((sum, { count }) => sum + count, 0);
  const whole = ended.find(({ status }) => status === 'succeeded')?.count ?? 0;
  return total === 0 ? null : (Math.floor((whole / total) * 10_000) / 100).toFixed(2);
}
