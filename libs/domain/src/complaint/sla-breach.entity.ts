import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { BREACH_CAUSES, CLOCK_KINDS, type BreachCause, type ClockKind } from './complaint-kind.js';
import { Complaint } from './complaint.entity.js';
import { SlaClock } from './sla-clock.entity.js';

/** A promise that was broken, at the instant at which it was due. Never deleted. */
@Entity('sla_breaches')
@Index(['clockId'], { unique: true })
@Index(['complaintId'])
@Index(['breachedAt'])
export class SlaBreach extends RecordEntity {
  @RecordReferenceColumn() clockId: string;
  @ManyToOne(() => SlaClock) @JoinColumn({ name: 'clock_id' }) clock: Relation<SlaClock>;
  @RecordReferenceColumn() complaintId: string;
  @ManyToOne(() => Complaint) @JoinColumn({ name: 'complaint_id' }) complaint: Relation<Complaint>;
  @EnumColumn(CLOCK_KINDS) kind: ClockKind;
  /** The due time of the clock, whenever it was noticed. */
  @InstantColumn() breachedAt: Date;
  @InstantColumn() detectedAt: Date;
  /** How late it was; fixed when the clock stopped. */
  @Column({ type: 'int', nullable: true }) overshootSeconds: number | null;
  @EnumColumn(BREACH_CAUSES, { nullable: true }) cause: BreachCause | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) causeRemark: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) causeBy: string | null;
  @InstantColumn({ nullable: true }) causeAt: Date | null;
  /** Left out of the adjusted figures; the raw ones keep it. */
  @Column({ type: 'boolean', default: false }) isExcused: boolean;
  @Column({ type: 'varchar', length: 120, nullable: true }) excuseAskedBy: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) excusedBy: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) excuseReason: string | null;
  @InstantColumn({ nullable: true }) excusedAt: Date | null;
  /** What was heard of later shows that the promise was kept: the row stays, and counts no more. */
  @InstantColumn({ nullable: true }) annulledAt: Date | null;
}
