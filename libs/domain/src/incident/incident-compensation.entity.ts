import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
} from '../database/columns.js';
import type { AffectedFilter } from './affected-filter.js';
import {
  INCIDENT_COMPENSATION_STATUSES,
  INCIDENT_REMEDIES,
  type IncidentCompensationStatus,
  type IncidentRemedy,
} from './incident-kind.js';
import { Incident } from './incident.entity.js';

/** One bulk compensation of an incident: what each affected order gets, and how far it has come. */
@Entity('incident_compensations')
@Index(['incidentId', 'runNo'], { unique: true })
@Index('ix_incident_compensations_running', ['lastStepAt'], { where: `"status" = 'running'` })
@Check('ck_incident_compensations_planned', '"given_hao" BETWEEN 0 AND "planned_hao"')
@Check('ck_incident_compensations_terms', '"days" >= 0 AND "percent" BETWEEN 0 AND 100')
export class IncidentCompensation extends RecordEntity {
  @RecordReferenceColumn() incidentId: string;
  @ManyToOne(() => Incident) @JoinColumn({ name: 'incident_id' }) incident: Relation<Incident>;
  @Column({ type: 'int' }) runNo: number;
  @Index({ unique: true }) @Column({ type: 'varchar', length: 120, select: false }) key: string;
  @EnumColumn(INCIDENT_COMPENSATION_STATUSES, { default: 'running' })
  status: IncidentCompensationStatus;
  @EnumColumn(INCIDENT_REMEDIES) remedy: IncidentRemedy;
  @Column({ type: 'int', default: 0 }) days: number;
  @MoneyColumn({ default: 0 }) dayCostHao: number;
  @Column({ type: 'int', default: 0 }) percent: number;
  @MoneyColumn({ default: 0 }) fixedHao: number;
  @Column({ type: 'jsonb' }) filter: AffectedFilter;
  @Column({ type: 'int', default: 0 }) orderCount: number;
  /** What was decided on; what was given never exceeds it. */
  @MoneyColumn({ default: 0 }) plannedHao: number;
  @Column({ type: 'int', default: 0 }) givenCount: number;
  @MoneyColumn({ default: 0 }) givenHao: number;
  @Column({ type: 'int', default: 0 }) skippedCount: number;
  @Column({ type: 'varchar', length: 500 }) reason: string;
  @Column({ type: 'varchar', length: 120 }) askedBy: string;
  @Column({ type: 'varchar', length: 120, nullable: true }) approvedBy: string | null;
  @InstantColumn({ nullable: true }) stopAskedAt: Date | null;
  @InstantColumn() lastStepAt: Date;
  @InstantColumn() createdAt: Date;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
}
