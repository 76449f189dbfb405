import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { INCIDENT_STATUSES, type IncidentStatus } from './incident-kind.js';
import { Incident } from './incident.entity.js';

/** What was told of an incident, in order. Append-only: a correction is a row of its own, and both can be read. */
@Entity('incident_updates')
@Index(['incidentId', 'id'])
@Index('ix_incident_updates_corrects', ['correctsId'], { where: `"corrects_id" IS NOT NULL` })
export class IncidentUpdate extends RecordEntity {
  @RecordReferenceColumn() incidentId: string;
  @ManyToOne(() => Incident) @JoinColumn({ name: 'incident_id' }) incident: Relation<Incident>;
  @EnumColumn(INCIDENT_STATUSES) status: IncidentStatus;
  @Column({ type: 'varchar', length: 4000 }) bodyZh: string;
  @Column({ type: 'varchar', length: 4000 }) bodyEn: string;
  @RecordReferenceColumn({ nullable: true }) correctsId: string | null;
  @Column({ type: 'varchar', length: 120 }) author: string;
  @InstantColumn() createdAt: Date;
}
