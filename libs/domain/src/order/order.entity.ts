import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import { ORDER_ORIGINS, type OrderOrigin } from '../compensation/compensation-kind.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import {
  CANCEL_CODES,
  ORDER_FAIL_CODES,
  ORDER_STATUSES,
  type CancelCode,
  type OrderFailCode,
  type OrderStatus,
  WAITING_STATUSES_SQL,
} from './order-status.js';

/** A platform's order. Written by transaction scripts only; status and money never change elsewhere. */
@Entity('orders')
@Index(['merchantOrderNo', 'platformId'], { unique: true })
@Index('ix_orders_waiting', ['productId', 'id'], {
  where: `"status" IN ${WAITING_STATUSES_SQL} AND "sourcing_quantity" = 0`,
})
@Index('ix_orders_deadline', ['deadlineAt'], { where: `"status" IN ${WAITING_STATUSES_SQL}` })
@Index('ix_orders_customer_no', ['customerNo', 'id'], { where: `"customer_no" IS NOT NULL` })
@Index('ix_orders_origin', ['originOrderId'], { where: `"origin_order_id" IS NOT NULL` })
@Check('ck_orders_delivered', '"delivered_quantity" BETWEEN 0 AND "quantity"')
@Check('ck_orders_sourcing', '"sourcing_quantity" BETWEEN 0 AND "quantity" - "delivered_quantity"')
@Check(
  'ck_orders_released',
  '"released_quantity" IS NULL OR "released_quantity" BETWEEN "delivered_quantity" AND "quantity"',
)
@Check('ck_orders_refunded', '"refunded_hao" BETWEEN 0 AND "amount_hao"')
export class Order extends RecordEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 32 }) orderNo: string;
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform>;
  @Column({ type: 'varchar', length: 32 }) merchantOrderNo: string;
  /** SHA-256 of the canonical request: the same number with another content is refused. */
  @Column({ type: 'bytea', select: false }) fingerprint: Buffer;
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'product_id' })
  product: Relation<Product>;
  @Column({ type: 'varchar', length: 64 }) productCode: string;
  @Column({ type: 'varchar', length: 64, nullable: true }) customerNo: string | null;
  @Column({ type: 'int' }) quantity: number;
  @Column({ type: 'int', default: 0 }) deliveredQuantity: number;
  /** Units that an attempt may still deliver: such an order is neither filled from stock nor ended. */
  @Column({ type: 'int', default: 0 }) sourcingQuantity: number;
  /** Units that may be delivered so far, of an order that is delivered in stages; null where all may be. */
  @Column({ type: 'int', nullable: true }) releasedQuantity: number | null;
  /** How often all sources have been gone through. */
  @Column({ type: 'int', default: 0 }) supplyRound: number;
  @MoneyColumn() unitPriceHao: number;
  @MoneyColumn() amountHao: number;
  @MoneyColumn({ default: 0 }) refundedHao: number;
  @EnumColumn(ORDER_STATUSES) status: OrderStatus;
  @EnumColumn(ORDER_FAIL_CODES, { nullable: true }) failCode: OrderFailCode | null;
  @Column({ type: 'jsonb', nullable: true }) account: Record<string, string> | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) callbackUrl: string | null;
  @Column({ type: 'varchar', length: 40, nullable: true }) saleChannel: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) remark: string | null;
  /** Grows with every change that a platform can see. */
  @Column({ type: 'int', default: 1 }) version: number;
  /** When a waiting order fails and is refunded; null once nothing is waited for. */
  @InstantColumn({ nullable: true }) deadlineAt: Date | null;
  /** Until when the create call may still be waiting (`Prefer: wait`): no callback leaves before its reply. */
  @InstantColumn({ nullable: true }) replyUntil: Date | null;
  /** Somebody asked to cancel while a supplier may still deliver: nothing more is bought, what is under way is awaited. */
  @InstantColumn({ nullable: true }) cancelAskedAt: Date | null;
  /** Who asked for it, as the order's end will name it. */
  @EnumColumn(CANCEL_CODES, { nullable: true }) cancelCode: CancelCode | null;
  /** The order that this one replaces or orders again; null for orders that a platform submitted. */
  @RecordReferenceColumn({ nullable: true }) originOrderId: string | null;
  @EnumColumn(ORDER_ORIGINS, { nullable: true }) originKind: OrderOrigin | null;
  @InstantColumn() createdAt: Date;
  @InstantColumn() updatedAt: Date;
}
