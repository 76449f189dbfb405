import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { COMPLAINT_AUTHORS, type ComplaintAuthor } from './complaint-kind.js';
import { Complaint } from './complaint.entity.js';

/** What was written, to the complainant or among staff. Append-only. */
@Entity('complaint_messages')
@Index(['complaintId', 'sentAt', 'id'])
@Index('uq_complaint_messages_merchant_no', ['complaintId', 'merchantMessageNo'], {
  unique: true,
  where: `"merchant_message_no" IS NOT NULL`,
})
export class ComplaintMessage extends RecordEntity {
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @EnumColumn(COMPLAINT_AUTHORS) author: ComplaintAuthor;
  /** The person of ours who wrote it. */
  @Column({ type: 'varchar', length: 120, nullable: true }) staffEmail: string | null;
  /** The platform's own number of the message: sent again it is the same. */
  @Column({ type: 'varchar', length: 64, nullable: true }) merchantMessageNo: string | null;
  @Column({ type: 'boolean' }) isPublic: boolean;
  @Column({ type: 'text' }) text: string;
  /** When the channel received it. */
  @InstantColumn() sentAt: Date;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
}
