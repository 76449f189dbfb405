import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { PAUSE_REASONS, type PauseReason } from './complaint-kind.js';
import { Complaint } from './complaint.entity.js';

/** A span in which the clock of the solution stood still, because the complainant was asked something. */
@Entity('sla_pauses')
@Index(['complaintId', 'cycleNo', 'pauseNo'], { unique: true })
export class SlaPause extends RecordEntity {
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @Column({ type: 'int' }) cycleNo: number;
  @Column({ type: 'int' }) pauseNo: number;
  @EnumColumn(PAUSE_REASONS) reason: PauseReason;
  @InstantColumn() fromAt: Date;
  /** While it lasts, the latest end that the limits allow. */
  @InstantColumn() toAt: Date;
  @Column({ type: 'boolean' }) isOpen: boolean;
}
