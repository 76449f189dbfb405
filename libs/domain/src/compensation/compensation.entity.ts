import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
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
  COMPENSATION_ACTIONS,
  COMPENSATION_CAUSES,
  COMPENSATION_STATUSES,
  type CompensationAction,
  type CompensationCause,
  type CompensationStatus,
} from './compensation-rule.js';
import { CompensationRule } from './compensation-rule.entity.js';

/** What a buyer gets for units that went wrong. A unit is compensated once. */
@Entity('compensations')
export class Compensation extends RecordEntity {
  @Index() @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @Column({ type: 'int', array: true }) unitNos: number[];
  @EnumColumn(COMPENSATION_CAUSES) cause: CompensationCause;
  @EnumColumn(COMPENSATION_ACTIONS) action: CompensationAction;
  @EnumColumn(COMPENSATION_STATUSES) status: CompensationStatus;
  @MoneyColumn() amountHao: number;
  @ReferenceColumn({ nullable: true }) ruleId: string | null;
  @ManyToOne(() => CompensationRule, { nullable: true })
  @JoinColumn({ name: 'rule_id' })
  rule: Relation<CompensationRule> | null;
  /** The order that delivers the replacement. */
  @RecordReferenceColumn({ nullable: true }) replacementOrderId: string | null;
  /** Which rule fitted, which budgets were left, or why a person must decide. */
  @Column({ type: 'jsonb', default: () => "'{}'" }) reasons: Record<string, string | number | null>;
  @Column({ type: 'varchar', length: 120 }) askedBy: string;
  @Column({ type: 'varchar', length: 120, nullable: true }) decidedBy: string | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
}
