import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import { ALERT_KINDS, type AlertKind } from './alert-kind.js';

/** Something that staff should know of, from its beginning to its end. One open alert of a kind for each subject. */
@Entity('alerts')
@Index('ix_alerts_open', ['kind', 'subject'], { unique: true, where: `"closed_at" IS NULL` })
export class Alert extends RecordEntity {
  @EnumColumn(ALERT_KINDS) kind: AlertKind;
  @Column({ type: 'varchar', length: 160 }) subject: string;
  @Column({ type: 'varchar', length: 160 }) value: string;
  @Index() @InstantColumn({ default: () => 'now()' }) openedAt: Date;
  @InstantColumn({ nullable: true }) closedAt: Date | null;
}
