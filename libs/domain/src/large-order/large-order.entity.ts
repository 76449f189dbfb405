import {
  BaseEntity,
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import { Platform } from '../platform/platform.entity.js';
import { DeliveryPlan } from './delivery-plan.entity.js';
import {
  LARGE_ORDER_PHASES,
  OVERDUE_TERMS,
  RESERVE_MODES,
  type LargeOrderPhase,
  type OverdueTerms,
  type ReserveMode,
} from './large-order-phase.js';

/** What makes an order a large one: its money, its clocks, and the stage it is at. */
@Entity('large_orders')
@Index('ix_large_orders_open', ['nextAt'], { where: `"phase" <> 'ended'` })
@Check('ck_large_orders_money', '"released_hao" BETWEEN 0 AND "paid_hao" AND "forfeited_hao" >= 0')
export class LargeOrder extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @Index() @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform>;
  @ReferenceColumn() planId: string;
  @ManyToOne(() => DeliveryPlan) @JoinColumn({ name: 'plan_id' }) plan: Relation<DeliveryPlan>;
  @EnumColumn(LARGE_ORDER_PHASES) phase: LargeOrderPhase;
  /** The stage it is at; 0 while the prepayment is awaited. */
  @Column({ type: 'int' }) stageNo: number;
  @Column({ type: 'int' }) stageCount: number;
  @MoneyColumn() amountHao: number;
  @MoneyColumn() prepaymentHao: number;
  @MoneyColumn({ default: 0 }) paidHao: number;
  /** The value of the stages whose codes were let go. */
  @MoneyColumn({ default: 0 }) releasedHao: number;
  /** Paid for units that were never delivered, and kept as the agreement says. */
  @MoneyColumn({ default: 0 }) forfeitedHao: number;
  /** When the payment, the goods or the platform's word is due. */
  @InstantColumn({ nullable: true }) dueAt: Date | null;
  @InstantColumn({ nullable: true }) prepaymentDueAt: Date | null;
  /** Since when a payment is overdue. */
  @InstantColumn({ nullable: true }) pausedAt: Date | null;
  /** When somebody must look again at the latest. */
  @InstantColumn({ nullable: true }) nextAt: Date | null;
  @Column({ type: 'int', default: 0 }) remindedCount: number;
  @Column({ type: 'int' }) paySeconds: number;
  @Column({ type: 'int' }) graceSeconds: number;
  @Column({ type: 'int' }) deliverSeconds: number;
  @Column({ type: 'int' }) acceptSeconds: number;
  @Column({ type: 'int', array: true }) remindSeconds: number[];
  @EnumColumn(RESERVE_MODES) reserve: ReserveMode;
  @EnumColumn(OVERDUE_TERMS) onOverdue: OverdueTerms;
  @InstantColumn() createdAt: Date;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
}
