import { Column, Entity } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn } from '../database/columns.js';
import { ALERT_CHANNEL_KINDS, type AlertChannelKind, type AlertKind } from './alert-kind.js';

/** Where alerts go. */
@Entity('alert_channels')
export class AlertChannel extends MasterEntity {
  @Column({ type: 'varchar', length: 80 }) name: string;
  @EnumColumn(ALERT_CHANNEL_KINDS) kind: AlertChannelKind;
  /** A URL or a mail address; encrypted with the master key, because a robot's URL is its key. */
  @Column({ type: 'bytea', select: false, nullable: true }) addressSealed: Buffer | null;
  /** Signs what a webhook gets; encrypted with the master key. */
  @Column({ type: 'bytea', select: false, nullable: true }) secretSealed: Buffer | null;
  /** Enough of it to know it by. */
  @Column({ type: 'varchar', length: 120, nullable: true }) addressHint: string | null;
  @Column({ type: 'varchar', length: 8, default: 'zh-CN' }) language: string;
  /** Which alerts it gets; empty is all of them. */
  @Column({ type: 'text', array: true, default: () => "'{}'" }) kinds: AlertKind[];
  @Column({ type: 'boolean', default: true }) isActive: boolean;
  /** May be called over http and on loopback. */
  @Column({ type: 'boolean', default: false }) isSandbox: boolean;
}
