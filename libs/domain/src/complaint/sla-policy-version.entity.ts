import { Check, Column, Entity, Index } from 'typeorm';
import { POLICY_STATUSES, type PolicyStatus } from '../compensation/compensation-kind.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';

/** A version of what is promised to complainants. One is active; what was active once is never changed. */
@Entity('sla_policy_versions')
@Index('uq_sla_policy_versions_active', ['status'], { unique: true, where: `"status" = 'active'` })
@Check(
  'ck_sla_policy_versions_limits',
  '"vip_percent" BETWEEN 1 AND 100 AND "pause_count_max" BETWEEN 0 AND 3 AND "pause_hours_max" BETWEEN 0 AND 72 AND "silence_hours" BETWEEN 48 AND 72 AND "reopen_days" BETWEEN 7 AND 30 AND "reopen_ack_seconds" BETWEEN 60 AND 3600 AND "reopen_resolve_seconds" BETWEEN 60 AND 43200',
)
export class SlaPolicyVersion extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'int' }) policyNo: number;
  @EnumColumn(POLICY_STATUSES, { default: 'draft' }) status: PolicyStatus;
  /** What is left of the times for an important customer. */
  @Column({ type: 'int', default: 50 }) vipPercent: number;
  @Column({ type: 'int', default: 3 }) pauseCountMax: number;
  @Column({ type: 'int', default: 72 }) pauseHoursMax: number;
  /** So long after an offered solution silence counts as consent. */
  @Column({ type: 'int', default: 48 }) silenceHours: number;
  @Column({ type: 'int', default: 7 }) reopenDays: number;
  @Column({ type: 'int', default: 3_600 }) reopenAckSeconds: number;
  @Column({ type: 'int', default: 43_200 }) reopenResolveSeconds: number;
  /** So long a step may stand unacknowledged before the next is taken. */
  @Column({ type: 'int', default: 900 }) unackedSeconds: number;
  @Column({ type: 'int', default: 300 }) unackedUrgentSeconds: number;
  @Column({ type: 'int', default: 600 }) unassignedSeconds: number;
  @Column({ type: 'varchar', length: 300, nullable: true }) remark: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) activatedBy: string | null;
  @InstantColumn({ nullable: true }) activatedAt: Date | null;
}
