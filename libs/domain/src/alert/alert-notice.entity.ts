import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Alert } from './alert.entity.js';
import { AlertChannel } from './alert-channel.entity.js';
import {
  ALERT_NOTICE_KINDS,
  ALERT_NOTICE_STATUSES,
  type AlertNoticeKind,
  type AlertNoticeStatus,
} from './alert-kind.js';

/** One message about an alert to one channel, and what became of it. A test is about no alert. */
@Entity('alert_notices')
@Index(['alertId', 'channelId', 'news'], { unique: true, where: `"alert_id" IS NOT NULL` })
export class AlertNotice extends RecordEntity {
  @RecordReferenceColumn({ nullable: true }) alertId: string | null;
  @ManyToOne(() => Alert, { nullable: true })
  @JoinColumn({ name: 'alert_id' })
  alert: Relation<Alert> | null;
  @ReferenceColumn() channelId: string;
  @ManyToOne(() => AlertChannel)
  @JoinColumn({ name: 'channel_id' })
  channel: Relation<AlertChannel>;
  @EnumColumn(ALERT_NOTICE_KINDS) news: AlertNoticeKind;
  @EnumColumn(ALERT_NOTICE_STATUSES, { default: 'due' }) status: AlertNoticeStatus;
  @Column({ type: 'int', default: 0 }) tryCount: number;
  /** Why the last try failed. */
  @Column({ type: 'varchar', length: 200, nullable: true }) failure: string | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
  @InstantColumn({ nullable: true }) sentAt: Date | null;
}
