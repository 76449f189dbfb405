import { Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn } from '../database/columns.js';
import {
  INCIDENT_SEVERITIES,
  INCIDENT_STATUSES,
  type IncidentSeverity,
  type IncidentStatus,
} from './incident-kind.js';

/** Words that were thought of before they were needed. */
@Entity('incident_templates')
export class IncidentTemplate extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 40 }) code: string;
  @Column({ type: 'varchar', length: 80 }) name: string;
  @EnumColumn(INCIDENT_STATUSES) status: IncidentStatus;
  @EnumColumn(INCIDENT_SEVERITIES) severity: IncidentSeverity;
  @Column({ type: 'varchar', length: 120 }) titleZh: string;
  @Column({ type: 'varchar', length: 200 }) titleEn: string;
  @Column({ type: 'varchar', length: 2000 }) bodyZh: string;
  @Column({ type: 'varchar', length: 2000 }) bodyEn: string;
}
