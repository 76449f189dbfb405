import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import pg from 'pg';
import { Requires, Staff } from '../auth/permission.guard.js';
import type { OrderPageView } from '../components/views.js';
import { recordIdOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
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
