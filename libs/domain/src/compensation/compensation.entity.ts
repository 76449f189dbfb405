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
import { Platform } from '../platform/platform.entity.js';
import { Attempt } from '../supply/attempt.entity.js';
import { Supplier } from '../supply/supplier.entity.js';
import {
  COMPENSATION_CAUSES,
  COMPENSATION_FAULTS,
  COMPENSATION_REMEDIES,
  COMPENSATION_SOURCES,
  COMPENSATION_STATUSES,
  type CompensationCause,
  type CompensationFault,
  type CompensationReason,
  type CompensationRemedy,
  type CompensationSource,
  type CompensationStatus,
} from './compensation-kind.js';
import { CompensationPolicy } from './compensation-policy.entity.js';
import { CompensationRule } from './compensation-rule.entity.js';

/**
 * What a customer got for what went wrong. One for each unit (0: the whole order) and cause; those of incidents one for
 * each order and bulk compensation.
 */
@Entity('compensations')
@Index('uq_compensations_unit_cause', ['orderId', 'unitNo', 'cause'], {
  unique: true,
  where: `"incident_compensation_id" IS NULL`,
})
@Index('uq_compensations_incident', ['incidentCompensationId', 'orderId'], {
  unique: true,
  where: `"incident_compensation_id" IS NOT NULL`,
})
@Index(['rootOrderId'])
@Index('ix_compensations_status', ['status', 'id'], {
  where: `"status" IN ('open', 'proposed', 'replacing')`,
})
@Index(['budgetDay'])
@Index(['supplierId', 'id'])
@Index('uq_compensations_replacement', ['replacementOrderId'], {
  unique: true,
  where: `"replacement_order_id" IS NOT NULL`,
})
@Index('ix_compensations_complaint_id', ['complaintId'], {
  where: `"complaint_id" IS NOT NULL`,
})
@Check('ck_compensations_amount', '"amount_hao" >= 0')
export class Compensation extends RecordEntity {
  @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  /** The order that was paid: the order itself, or the one that it replaces. */
  @RecordReferenceColumn() rootOrderId: string;
  @Column({ type: 'int', default: 0 }) unitNo: number;
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform>;
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'product_id' })
  product: Relation<Product>;
  @Column({ type: 'varchar', length: 64, nullable: true }) customerNo: string | null;
  @EnumColumn(COMPENSATION_CAUSES) cause: CompensationCause;
  @EnumColumn(COMPENSATION_FAULTS) fault: CompensationFault;
  @EnumColumn(COMPENSATION_SOURCES) source: CompensationSource;
  @EnumColumn(COMPENSATION_STATUSES, { default: 'open' }) status: CompensationStatus;
  @EnumColumn(COMPENSATION_REMEDIES, { nullable: true }) remedy: CompensationRemedy | null;
  @MoneyColumn({ default: 0 }) amountHao: number;
  /** Counted in the budget of this day; null where a second person allowed it, or nothing was given. */
  @Column({ type: 'date', nullable: true }) budgetDay: string | null;
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @ManyToOne(() => Attempt, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'attempt_id' })
  attempt: Relation<Attempt> | null;
  @ReferenceColumn({ nullable: true }) supplierId: string | null;
  @ManyToOne(() => Supplier, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'supplier_id' })
  supplier: Relation<Supplier> | null;
  @RecordReferenceColumn({ nullable: true }) replacementOrderId: string | null;
  /** The complaint that it answers. */
  @RecordReferenceColumn({ nullable: true }) complaintId: string | null;
  @ReferenceColumn({ nullable: true }) policyId: string | null;
  @ManyToOne(() => CompensationPolicy, { nullable: true })
  @JoinColumn({ name: 'policy_id' })
  policy: Relation<CompensationPolicy> | null;
  @ReferenceColumn({ nullable: true }) ruleId: string | null;
  @ManyToOne(() => CompensationRule, { nullable: true })
  @JoinColumn({ name: 'rule_id' })
  rule: Relation<CompensationRule> | null;
  /** The bulk compensation of an incident that gave it. */
  @RecordReferenceColumn({ nullable: true }) incidentCompensationId: string | null;
  @Column({ type: 'text', array: true, default: () => "'{}'" }) reasons: CompensationReason[];
  @Column({ type: 'varchar', length: 120, nullable: true }) askedBy: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) remark: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) decidedBy: string | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
  @InstantColumn({ nullable: true }) decidedAt: Date | null;
  @InstantColumn({ nullable: true }) doneAt: Date | null;
}
