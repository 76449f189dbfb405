import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import { ALERT_KINDS, ALERT_LEVELS, type AlertKind, type AlertLevel } from './alert-kind.js';

/** Something crossed a line. Open until it is back behind the line; only then the same can be raised again. */
@Entity('alerts')
@Index('uq_alerts_open', ['kind', 'subject'], { unique: true, where: `"cleared_at" IS NULL` })
export class Alert extends RecordEntity {
  @EnumColumn(ALERT_KINDS) kind: AlertKind;
  @EnumColumn(ALERT_LEVELS) level: AlertLevel;
  /** What it is about: a supplier's code, a product's code, an attempt's number. */
  @Column({ type: 'varchar', length: 120 }) subject: string;
  /** Figures for the text; no secrets, no codes, no personal data. */
  @Column({ type: 'jsonb', default: () => "'{}'" }) detail: Record<string, string | number | null>;
  @InstantColumn({ default: () => 'now()' }) raisedAt: Date;
  @InstantColumn({ nullable: true }) clearedAt: Date | null;
}
