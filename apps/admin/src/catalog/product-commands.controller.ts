import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import {
  canMove,
  DomainError,
  mayGoOnSale,
  PRODUCT_MOVES,
  PRODUCT_STATUSES,
  type ProductKind,
  type ProductStatus,
} from '#domain';
import { translate } from '#domain/i18n';
import { inTransaction } from '#domain/database';
import { writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';

interface ProductRow {
  readonly status: ProductStatus;
  readonly kind: ProductKind;
  readonly hasPrice: boolean;
  readonly hasRoute: boolean;
}

const LOCK = `
  SELECT status, kind,
    EXISTS (SELECT 1 FROM prices WHERE product_id = p.id AND valid_from <= now() AND (valid_to IS NULL OR valid_to > now()))
      AS "hasPrice",
    EXISTS (SELECT 1 FROM supply_routes r JOIN suppliers s ON s.id = r.supplier_id
      WHERE r.product_id = p.id AND r.status = 'active' AND s.status = 'active') AS "hasRoute"
  FROM products p WHERE id = $1 FOR UPDATE`;

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
      const found = await client.query<ProductRow>(LOCK, [productId]);
      const product = found.rows[0];
      if (!product) throw new DomainError('product.not-found', { productCode: '?' });
      if (!canMove<ProductStatus>(PRODUCT_MOVES, product.status, to))
        throw new Refusal('illegalMove', {
          status: translate(staff.language, `enum.productStatus.${product.status}`),
        });
      const { lacks } = to === 'on-sale' ? mayGoOnSale(product) : { lacks: undefined };
      if (lacks) throw new Refusal(LACKS[lacks]);
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
