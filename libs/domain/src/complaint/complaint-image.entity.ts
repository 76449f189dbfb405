import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { ComplaintMessage } from './complaint-message.entity.js';
import { Complaint } from './complaint.entity.js';

/** A picture that came with a message. Append-only; served as a picture and as nothing else. */
@Entity('complaint_images')
@Index(['messageId', 'sha256'], { unique: true })
@Index(['complaintId', 'id'])
export class ComplaintImage extends RecordEntity {
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @RecordReferenceColumn() messageId: string;
  @ManyToOne(() => ComplaintMessage)
  @JoinColumn({ name: 'message_id' })
  message: Relation<ComplaintMessage>;
  @Column({ type: 'varchar', length: 64 }) sha256: string;
  @Column({ type: 'varchar', length: 40 }) mediaType: string;
  @Column({ type: 'int' }) byteCount: number;
  @Column({ type: 'bytea', select: false }) content: Buffer;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
}
