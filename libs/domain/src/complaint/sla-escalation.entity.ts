import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import {
  CLOCK_KINDS,
  ESCALATION_CAUSES,
  type ClockKind,
  type EscalationCause,
  type EscalationLevel,
} from './complaint-kind.js';
import { Complaint } from './complaint.entity.js';
import { SlaClock } from './sla-clock.entity.js';

/** A step of the ladder that was taken: who was told, when, and who has acknowledged it. */
@Entity('sla_escalations')
@Index(['clockId', 'percent'], { unique: true })
@Index(['complaintId', 'id'])
@Index('ix_sla_escalations_open', ['firedAt'], {
  where: `"acknowledged_at" IS NULL AND "closed_at" IS NULL`,
})
export class SlaEscalation extends RecordEntity {
  @RecordReferenceColumn() clockId: string;
  @ManyToOne(() => SlaClock) @JoinColumn({ name: 'clock_id' }) clock: Relation<SlaClock>;
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @EnumColumn(CLOCK_KINDS) kind: ClockKind;
  /** Of the target, in per cent; 0 is a complaint that nobody took in hand. */
  @Column({ type: 'int' }) percent: number;
  @Column({ type: 'text', array: true }) levels: EscalationLevel[];
  @EnumColumn(ESCALATION_CAUSES) cause: EscalationCause;
  @InstantColumn() dueAt: Date;
  @InstantColumn() firedAt: Date;
  @Column({ type: 'varchar', length: 120, nullable: true }) acknowledgedBy: string | null;
  @InstantColumn({ nullable: true }) acknowledgedAt: Date | null;
  /** The clock has stopped: nobody need acknowledge it any more. */
  @InstantColumn({ nullable: true }) closedAt: Date | null;
}
