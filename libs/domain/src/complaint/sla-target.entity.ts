import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { COMPLAINT_SEVERITIES, type ComplaintSeverity } from './complaint-kind.js';
import { SlaPolicyVersion } from './sla-policy-version.entity.js';

/** What a version promises for one severity. Never looser than an hour and a day, but for questions. */
@Entity('sla_targets')
@Index(['policyId', 'severity'], { unique: true })
@Check(
  'ck_sla_targets_limits',
  `"ack_seconds" > 0 AND "resolve_seconds" > 0 AND "upstream_seconds" > 0 AND "update_seconds" > 0 AND ("severity" = 'P3' OR ("ack_seconds" <= 3600 AND "resolve_seconds" <= 86400))`,
)
export class SlaTarget extends MasterEntity {
  @ReferenceColumn() policyId: string;
  @ManyToOne(() => SlaPolicyVersion)
  @JoinColumn({ name: 'policy_id' })
  policy: Relation<SlaPolicyVersion>;
  @EnumColumn(COMPLAINT_SEVERITIES) severity: ComplaintSeverity;
  @Column({ type: 'int' }) ackSeconds: number;
  /** How often the complainant hears from us; null is no promise. */
  @Column({ type: 'int', nullable: true }) updateSeconds: number | null;
  @Column({ type: 'int' }) resolveSeconds: number;
  @Column({ type: 'int' }) upstreamSeconds: number;
}
