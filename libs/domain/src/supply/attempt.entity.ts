import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import {
  REFUSAL_CLASSES,
  UNKNOWN_CAUSES,
  type RefusalClass,
  type UnknownCause,
} from './attempt-outcome.js';
import {
  ATTEMPT_PURPOSES,
  ATTEMPT_STATUSES,
  OPEN_ATTEMPTS_SQL,
  SUPPLY_KINDS,
  type AttemptPurpose,
  type AttemptStatus,
} from './attempt-status.js';
import { PERSON_REASONS, type PersonReason } from './query-verdict.js';
import type { SupplyChoice } from './supply-choice.js';
import { REFUND_STATES, type RefundState } from './supply-report.js';
import { SupplyRoute } from './supply-route.entity.js';
import { Supplier } from './supplier.entity.js';

/**
 * One submission of some units to one supplier, under a number of its own. Written and committed before the call
 * leaves; `maySend` is taken back by the same statement that claims a send, so a number leaves once at a time.
 */
@Entity('attempts')
@Index('ix_attempts_order', ['orderId', 'id'], { where: `"order_id" IS NOT NULL` })
@Index('ix_attempts_replenishment', ['replenishmentId', 'id'], {
  where: `"replenishment_id" IS NOT NULL`,
})
@Index('ix_attempts_route_recent', ['routeId', 'id'])
@Index('ix_attempts_supplier_order_no', ['supplierId', 'supplierOrderNo'], {
  where: `"supplier_order_no" IS NOT NULL`,
})
@Index('ix_attempts_open', ['supplierId', 'nextQueryAt'], {
  where: `"status" IN ${OPEN_ATTEMPTS_SQL}`,
})
@Index('ix_attempts_person', ['id'], { where: `"person_reason" IS NOT NULL` })
@Index('uq_attempts_account_in_flight', ['accountKey'], {
  unique: true,
  where: `"account_key" IS NOT NULL AND "status" IN ${OPEN_ATTEMPTS_SQL}`,
})
@Check('ck_attempts_for', '("purpose" = \'order\') = ("order_id" IS NOT NULL)')
@Check('ck_attempts_for_stock', '("purpose" = \'stock\') = ("replenishment_id" IS NOT NULL)')
@Check('ck_attempts_counts', '"quantity" >= 1 AND "delivered_count" BETWEEN 0 AND "quantity"')
export class Attempt extends RecordEntity {
  /** Our number at the supplier: letters and digits, never used twice. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 32 }) attemptNo: string;
  @EnumColumn(ATTEMPT_PURPOSES) purpose: AttemptPurpose;
  @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order> | null;
  @RecordReferenceColumn({ nullable: true }) replenishmentId: string | null;
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'product_id' })
  product: Relation<Product>;
  @ReferenceColumn() supplierId: string;
  @ManyToOne(() => Supplier, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'supplier_id' })
  supplier: Relation<Supplier>;
  @ReferenceColumn() routeId: string;
  @ManyToOne(() => SupplyRoute, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'route_id' })
  route: Relation<SupplyRoute>;
  @EnumColumn(SUPPLY_KINDS) kind: 'card' | 'top-up';
  @Column({ type: 'varchar', length: 80 }) supplierProductId: string;
  @Column({ type: 'int' }) quantity: number;
  /** Keyed digest of the account that is topped up: only one attempt for it may be in flight. */
  @Column({ type: 'bytea', select: false, nullable: true }) accountKey: Buffer | null;
  @EnumColumn(ATTEMPT_STATUSES) status: AttemptStatus;
  /** The most one unit may cost; what the price guard says. */
  @MoneyColumn() costHao: number;
  /** What the whole attempt has cost in the end; null until it is settled. */
  @MoneyColumn({ nullable: true }) paidHao: number | null;
  @EnumColumn(REFUND_STATES, { nullable: true }) refundState: RefundState | null;
  @MoneyColumn({ nullable: true }) refundedHao: number | null;
  @Column({ type: 'varchar', length: 64, nullable: true }) supplierOrderNo: string | null;
  @EnumColumn(REFUSAL_CLASSES, { nullable: true }) refusalClass: RefusalClass | null;
  @EnumColumn(UNKNOWN_CAUSES, { nullable: true }) unknownCause: UnknownCause | null;
  @Column({ type: 'varchar', length: 64, nullable: true }) outcomeCode: string | null;
  @Column({ type: 'varchar', length: 300, nullable: true }) outcomeMessage: string | null;
  @Column({ type: 'int', default: 0 }) deliveredCount: number;
  @Column({ type: 'int', default: 0 }) surplusCount: number;
  /** In which round through all sources it was made. */
  @Column({ type: 'int', default: 0 }) round: number;
  @Column({ type: 'boolean', default: true }) maySend: boolean;
  @Column({ type: 'int', default: 0 }) sendCount: number;
  @InstantColumn({ nullable: true }) sentAt: Date | null;
  @InstantColumn({ nullable: true }) nextQueryAt: Date | null;
  @InstantColumn({ nullable: true }) firstNotFoundAt: Date | null;
  @Column({ type: 'int', default: 0 }) queryCount: number;
  /** Why a person must decide; null while the supplier may still tell. */
  @EnumColumn(PERSON_REASONS, { nullable: true }) personReason: PersonReason | null;
  @InstantColumn({ nullable: true }) settledAt: Date | null;
  /** Which sources were looked at, how they scored, and why this one. */
  @Column({ type: 'jsonb' }) choice: SupplyChoice;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
  @InstantColumn({ default: () => 'now()' }) updatedAt: Date;
}
