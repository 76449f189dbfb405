import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import { CALLBACK_STATUSES, type CallbackStatus } from './callback-status.js';

/** One message owed to a platform about one version of an order. Its body is built at send time. */
@Entity('callback_deliveries')
@Index(['orderId', 'orderVersion'], { unique: true })
@Index('ix_callback_deliveries_due', ['nextAt'], { where: `"status" = 'scheduled'` })
export class CallbackDelivery extends RecordEntity {
  @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @Column({ type: 'int' }) orderVersion: number;
  /** Sent as `webhook-id` on every try. */
  @Column({ type: 'varchar', length: 64 }) webhookId: string;
  @Column({ type: 'varchar', length: 500 }) url: string;
  @EnumColumn(CALLBACK_STATUSES, { default: 'scheduled' }) status: CallbackStatus;
  @Column({ type: 'int', default: 0 }) tryCount: number;
  /** Tries made before the ladder began: a replay begins it anew. */
  @Column({ type: 'int', default: 0 }) ladderStart: number;
  @InstantColumn({ nullable: true }) nextAt: Date | null;
  @InstantColumn({ nullable: true }) acknowledgedAt: Date | null;
  @InstantColumn() createdAt: Date;
}
