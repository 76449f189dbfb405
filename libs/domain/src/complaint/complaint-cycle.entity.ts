import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import {
  CLOCK_OUTCOMES,
  RESOLUTION_CODES,
  type ClockOutcome,
  type ResolutionCode,
} from './complaint-kind.js';
import { Complaint } from './complaint.entity.js';

/** From opening, or opening again, to its end. A complaint is met where all its cycles are. */
@Entity('complaint_cycles')
@Index(['complaintId', 'cycleNo'], { unique: true })
@Index(['endedAt'])
export class ComplaintCycle extends RecordEntity {
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @Column({ type: 'int' }) cycleNo: number;
  @InstantColumn() startedAt: Date;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
  @Column({ type: 'boolean', default: false }) isWithdrawn: boolean;
  @EnumColumn(RESOLUTION_CODES, { nullable: true }) resolutionCode: ResolutionCode | null;
  @EnumColumn(CLOCK_OUTCOMES, { default: 'running' }) outcome: ClockOutcome;
}
