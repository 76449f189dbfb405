import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { canMove, DomainError, PRODUCT_MOVES, PRODUCT_STATUSES, type ProductStatus } from '#domain';
import { translate } from '#domain/i18n';
import { inTransaction } from '#domain/database';
import { mayGoOnSaleIn, refreshGatesIn, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import { gateReason } from '../licence/gate-reason.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const LOCK = 'SELECT status FROM products p WHERE id = $1 FOR UPDATE';

const move = z.strictObject({ to: z.enum(PRODUCT_STATUSES) });

const LACKS = { price: 'noPriceYet', route: 'noRouteYet' } as const;

/** A product comes on sale, goes off it and is retired along its state machine, never through a form. */
@Controller('admin/command/products')
export class ProductCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('catalog.write')
  @HttpCode(200)
  @Post(':id/move')
  async move(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ status: ProductStatus }> {
    const productId = uuidOf(id);
    const { to } = checked(move, body);
    return inTransaction(this.pool, async (client) => {
      const found = await client.query<{ status: ProductStatus }>(LOCK, [productId]);
      const product = found.rows[0];
      if (!product) throw new DomainError('product.not-found', { productCode: '?' });
      if (!canMove<ProductStatus>(PRODUCT_MOVES, product.status, to))
        throw new Refusal('illegalMove', {
          status: translate(staff.language, `enum.productStatus.${product.status}`),
        });
      if (to === 'on-sale') await requireSaleable(client, staff, productId);
      await client.query(
        'UPDATE products SET status = $2, version = version + 1, updated_at = now() WHERE id = $1',
        [productId, to],
      );
      await writeAudit(client, {
        staffEmail: staff.email,
        action: 'move',
        resource: 'Product',
        recordId: productId,
        before: { status: product.status },
        after: { status: to },
        requestId: staff.requestId,
        address: staff.address,
      });
      return { status: to };
    });
  }
}

/** What was entered a moment ago counts: the gates are looked at anew. */
async function requireSaleable(
  client: pg.PoolClient,
  staff: PanelStaff,
  productId: string,
): Promise<void> {
  const nowMs = Date.now();
  await refreshGatesIn(client, nowMs);
  const { lacks } = await mayGoOnSaleIn(client, productId, nowMs);
  if (lacks === 'licence')
    throw new Refusal('noLicenceYet', {
      reason: await gateReason(client, staff.language, productId),
    });
  if (lacks) throw new Refusal(LACKS[lacks]);
}
