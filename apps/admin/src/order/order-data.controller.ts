import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import pg from 'pg';
import { Requires, Staff } from '../auth/permission.guard.js';
import type { OrderPageView } from '../components/views.js';
import { recordIdOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { textOf } from '../resource/text-of.js';
import { OrderPageService } from './order-page.service.js';

const CHOICES_MAX = 500;

/** What the order list and the order page read. */
@Controller('admin/data')
export class OrderDataController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly pages: OrderPageService,
  ) {}

  @Requires('order.read')
  @Header('Cache-Control', 'no-store')
  @Get('orders/:id')
  show(@Staff() staff: PanelStaff, @Param('id') id: string): Promise<OrderPageView> {
    return this.pages.show(staff, recordIdOf(id));
  }

  /** The one order that has exactly this number, its own or the merchant's; null where none or several have it. */
  @Requires('order.read')
  @Header('Cache-Control', 'no-store')
  @Get('order-search')
  async search(@Query('number') number: unknown): Promise<{ orderId: string | null }> {
    const found = await this.pool.query<{ id: string }>(
      `(SELECT id FROM orders WHERE order_no = $1 LIMIT 2)
       UNION (SELECT id FROM orders WHERE merchant_order_no = $1 LIMIT 2)`,
      [textOf(number)],
    );
    return { orderId: found.rows.length === 1 ? (found.rows[0]?.id ?? null) : null };
  }

  /** Platforms and products to filter by. */
  @Requires('order.read')
  @Get('order-choices')
  async choices() {
    const read = async (table: 'platforms' | 'products') =>
      (
        await this.pool.query<{ id: string; code: string; name: string }>(
          `SELECT id, code, name FROM ${table} ORDER BY code LIMIT ${CHOICES_MAX}`,
        )
      ).rows;
    return { platforms: await read('platforms'), products: await read('products') };
  }
}
