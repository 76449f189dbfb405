import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { Complaint } from '../complaint/complaint.entity.js';
import { Order } from '../order/order.entity.js';
import { CALLBACK_STATUSES, type CallbackStatus } from './callback-status.js';

/** One message owed to a platform about one version of an order, or of a complaint. Its body is built at send time. */
@Entity('callback_deliveries')
@Index(['orderId', 'orderVersion'], { unique: true })
@Index('uq_callback_deliveries_complaint', ['complaintId', 'orderVersion'], {
  unique: true,
  where: `"complaint_id" IS NOT NULL`,
})
@Check('ck_callback_deliveries_subject', '("order_id" IS NULL) <> ("complaint_id" IS NULL)')
@Index('ix_callback_deliveries_due', ['nextAt'], { where: `"status" = 'scheduled'` })
export class CallbackDelivery extends RecordEntity {
  @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order> | null;
  @RecordReferenceColumn({ nullable: true }) complaintId: string | null;
  @ManyToOne(() => Complaint, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'complaint_id' })
  complaint: Relation<Complaint> | null;
  /** The version of the order, or of the complaint. */
  /** Negative: a platform is told that so many days are left of the software that the order delivered. */
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
