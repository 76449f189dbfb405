import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import {
  INCIDENT_SEVERITIES,
  INCIDENT_STATUSES,
  INCIDENT_VISIBILITIES,
  OPEN_INCIDENTS_SQL,
  type IncidentSeverity,
  type IncidentStatus,
  type IncidentVisibility,
} from './incident-kind.js';

/** Something that went wrong for many at once. Never deleted. */
@Entity('incidents')
@Index('ix_incidents_open', ['lastUpdateAt'], { where: `"status" IN ${OPEN_INCIDENTS_SQL}` })
@Index(['occurredAt'])
export class Incident extends RecordEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 20 }) incidentNo: string;
  /** Told twice under one key, it is one incident. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 120, select: false }) key: string;
  @Column({ type: 'varchar', length: 120 }) titleZh: string;
  @Column({ type: 'varchar', length: 200 }) titleEn: string;
  @EnumColumn(INCIDENT_STATUSES) status: IncidentStatus;
  @EnumColumn(INCIDENT_SEVERITIES) severity: IncidentSeverity;
  @EnumColumn(INCIDENT_VISIBILITIES) visibility: IncidentVisibility;
  @InstantColumn() occurredAt: Date;
  @InstantColumn() detectedAt: Date;
  @InstantColumn({ nullable: true }) publishedAt: Date | null;
  @InstantColumn({ nullable: true }) fixedAt: Date | null;
  @InstantColumn() lastUpdateAt: Date;
  @Column({ type: 'varchar', length: 120 }) declaredBy: string;
}
