import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import {
  COMPLAINT_AUTHORS,
  COMPLAINT_EVENT_TYPES,
  type ComplaintAuthor,
  type ComplaintEventType,
} from './complaint-kind.js';
import { ComplaintMessage } from './complaint-message.entity.js';
import { Complaint } from './complaint.entity.js';

/** What happened to a complaint: the trail, and all that its clocks are told from. Append-only. */
@Entity('complaint_events')
@Index(['complaintId', 'at', 'id'])
export class ComplaintEvent extends RecordEntity {
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @EnumColumn(COMPLAINT_EVENT_TYPES) type: ComplaintEventType;
  @Column({ type: 'boolean' }) isPublic: boolean;
  @EnumColumn(COMPLAINT_AUTHORS) author: ComplaintAuthor;
  @Column({ type: 'varchar', length: 120, nullable: true }) staffEmail: string | null;
  @RecordReferenceColumn({ nullable: true }) messageId: string | null;
  @ManyToOne(() => ComplaintMessage, { nullable: true })
  @JoinColumn({ name: 'message_id' })
  message: Relation<ComplaintMessage> | null;
  /** What belongs to the type: severity, resolutionCode, assignee, deadline, reason, compensationIds … */
  @Column({ type: 'jsonb', nullable: true }) detail: Record<string, unknown> | null;
  /** When it happened; `createdAt` is when it was heard of. */
  @InstantColumn() at: Date;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
}
