import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Supplier } from './supplier.entity.js';
import { NOTIFICATION_STATUSES, type NotificationStatus } from './wire-record.js';

/** What a supplier told us by itself. Kept before it is acknowledged; the same body twice is one row that is counted. */
@Entity('supplier_notifications')
@Index(['supplierId', 'digest'], { unique: true })
export class SupplierNotification extends RecordEntity {
  @ReferenceColumn() supplierId: string;
  @ManyToOne(() => Supplier, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'supplier_id' })
  supplier: Relation<Supplier>;
  /** SHA-256 of the body. */
  @Column({ type: 'bytea', select: false }) digest: Buffer;
  /** Headers and body, encrypted with the master key: cards may be in it. */
  @Column({ type: 'bytea', select: false }) sealed: Buffer;
  @EnumColumn(NOTIFICATION_STATUSES, { default: 'received' }) status: NotificationStatus;
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  /** Why it was refused or changed nothing. */
  @Column({ type: 'varchar', length: 200, nullable: true }) remark: string | null;
  @Column({ type: 'int', default: 1 }) timesReceived: number;
  @InstantColumn({ default: () => 'now()' }) receivedAt: Date;
  @InstantColumn({ nullable: true }) handledAt: Date | null;
}
