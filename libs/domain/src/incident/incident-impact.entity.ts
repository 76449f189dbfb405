import { Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { COMPONENT_IMPACTS, type ComponentImpact } from './incident-kind.js';
import { Incident } from './incident.entity.js';
import { StatusComponent } from './status-component.entity.js';

/** What an incident did to a component, from when to when. Another impact is another row. */
@Entity('incident_impacts')
@Index(['incidentId', 'componentId'])
@Index(['componentId', 'fromAt'])
@Index('uq_incident_impacts_now', ['incidentId', 'componentId'], {
  unique: true,
  where: `"to_at" IS NULL`,
})
export class IncidentImpact extends RecordEntity {
  @RecordReferenceColumn() incidentId: string;
  @ManyToOne(() => Incident) @JoinColumn({ name: 'incident_id' }) incident: Relation<Incident>;
  @ReferenceColumn() componentId: string;
  @ManyToOne(() => StatusComponent)
  @JoinColumn({ name: 'component_id' })
  component: Relation<StatusComponent>;
  @EnumColumn(COMPONENT_IMPACTS) impact: ComponentImpact;
  @InstantColumn() fromAt: Date;
  @InstantColumn({ nullable: true }) toAt: Date | null;
}
