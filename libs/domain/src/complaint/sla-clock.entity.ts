import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import {
  CLOCK_KINDS,
  CLOCK_OUTCOMES,
  type ClockKind,
  type ClockOutcome,
} from './complaint-kind.js';
import { Complaint } from './complaint.entity.js';

/** A promise with its due time, absolute. Its outcome is told by its instants alone. */
@Entity('sla_clocks')
@Index(['complaintId', 'cycleNo', 'kind', 'seq'], { unique: true })
@Index('ix_sla_clocks_running', ['dueAt'], { where: `"stopped_at" IS NULL` })
@Index(['kind', 'stoppedAt'])
export class SlaClock extends RecordEntity {
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @Column({ type: 'int' }) cycleNo: number;
  @EnumColumn(CLOCK_KINDS) kind: ClockKind;
  /** Tells clocks of one kind in one cycle apart. */
  @Column({ type: 'int' }) seq: number;
  @InstantColumn() startedAt: Date;
  @Column({ type: 'int' }) targetSeconds: number;
  @Column({ type: 'boolean', default: false }) isHard: boolean;
  @InstantColumn() dueAt: Date;
  @InstantColumn({ nullable: true }) stoppedAt: Date | null;
  /** What stood still of it so far. */
  @Column({ type: 'int', default: 0 }) pausedSeconds: number;
  @EnumColumn(CLOCK_OUTCOMES, { default: 'running' }) outcome: ClockOutcome;
}
