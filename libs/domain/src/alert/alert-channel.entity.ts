import { Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import {
  ALERT_CHANNEL_KINDS,
  ALERT_CHANNEL_STATUSES,
  ALERT_LEVELS,
  type AlertChannelKind,
  type AlertChannelStatus,
  type AlertLevel,
} from './alert-kind.js';

/** Where alerts go besides the panel. */
@Entity('alert_channels')
export class AlertChannel extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 60 }) name: string;
  @EnumColumn(ALERT_CHANNEL_KINDS) kind: AlertChannelKind;
  /** An address or a URL; robots carry their key in it, so it is encrypted with the master key. */
  @Column({ type: 'bytea', select: false, nullable: true }) targetSealed: Buffer | null;
  /** The target as it may be shown: its host or its domain. */
  @Column({ type: 'varchar', length: 120, default: '' }) targetShown: string;
  @EnumColumn(ALERT_LEVELS, { default: 'warning' }) levelMin: AlertLevel;
  @EnumColumn(ALERT_CHANNEL_STATUSES, { default: 'active' }) status: AlertChannelStatus;
  @Column({ type: 'varchar', length: 8, default: 'zh-CN' }) language: string;
  @InstantColumn({ nullable: true }) lastSentAt: Date | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) lastFailure: string | null;
}
