import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation, Unique } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
} from '../database/columns.js';
import { LARGE_PAYMENT_SOURCES, type LargePaymentSource } from './large-order-phase.js';
import { LargeOrder } from './large-order.entity.js';

/** Money that has cleared for a large order. The same reference is booked once, for ever. */
@Entity('large_order_payments')
@Unique(['source', 'reference'])
export class LargeOrderPayment extends RecordEntity {
  @Index() @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => LargeOrder, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  largeOrder: Relation<LargeOrder>;
  @EnumColumn(LARGE_PAYMENT_SOURCES) source: LargePaymentSource;
  /** The bank's own number of the payment; for one from the balance, the form it was asked on. */
  @Column({ type: 'varchar', length: 64 }) reference: string;
  @MoneyColumn() amountHao: number;
  @Column({ type: 'varchar', length: 120, nullable: true }) payer: string | null;
  /** Who recorded it. */
  @Column({ type: 'varchar', length: 120 }) recordedBy: string;
  @InstantColumn() recordedAt: Date;
}
