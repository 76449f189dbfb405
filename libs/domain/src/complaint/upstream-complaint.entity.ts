import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Attempt } from '../supply/attempt.entity.js';
import { Supplier } from '../supply/supplier.entity.js';
import {
  UPSTREAM_METHODS,
  UPSTREAM_STATUSES,
  type UpstreamMethod,
  type UpstreamStatus,
} from './complaint-kind.js';
import { Complaint } from './complaint.entity.js';

/** Our own complaint at a supplier about what it delivered. Waiting for it pauses nothing. */
@Entity('upstream_complaints')
@Index(['complaintId', 'id'])
@Index(['supplierId', 'askedAt'])
@Index('ix_upstream_complaints_asked', ['askedAt'], { where: `"status" = 'asked'` })
export class UpstreamComplaint extends RecordEntity {
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @ReferenceColumn() supplierId: string;
  @ManyToOne(() => Supplier) @JoinColumn({ name: 'supplier_id' }) supplier: Relation<Supplier>;
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @ManyToOne(() => Attempt, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'attempt_id' })
  attempt: Relation<Attempt> | null;
  @EnumColumn(UPSTREAM_METHODS) method: UpstreamMethod;
  @EnumColumn(UPSTREAM_STATUSES) status: UpstreamStatus;
  @Column({ type: 'varchar', length: 500 }) text: string;
  /** The supplier's own number of it. */
  @Column({ type: 'varchar', length: 80, nullable: true }) supplierRef: string | null;
  @Column({ type: 'varchar', length: 1000, nullable: true }) answer: string | null;
  @Column({ type: 'varchar', length: 120 }) askedBy: string;
  @InstantColumn() askedAt: Date;
  @InstantColumn({ nullable: true }) answeredAt: Date | null;
}
