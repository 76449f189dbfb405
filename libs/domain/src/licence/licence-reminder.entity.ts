import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { LICENCE_CLOCKS, type LicenceClock } from './licence-kinds.js';
import { LicenceMessage } from './licence-message.entity.js';

/** One step of a clock, told to one person, once. */
@Entity('licence_reminders')
@Index(['subjectId', 'clock', 'dueOn', 'recipient'], { unique: true })
@Index(['messageId'])
export class LicenceReminder extends RecordEntity {
  /** The licence, or the legal rule. */
  @ReferenceColumn() subjectId: string;
  @EnumColumn(LICENCE_CLOCKS) clock: LicenceClock;
  /** Days left on the day on which it is due; negative: so many are over. */
  @Column({ type: 'int' }) daysLeft: number;
  @Column({ type: 'date' }) dueOn: string;
  @Column({ type: 'varchar', length: 120 }) recipient: string;
  @RecordReferenceColumn() messageId: string;
  @ManyToOne(() => LicenceMessage)
  @JoinColumn({ name: 'message_id' })
  message: Relation<LicenceMessage>;
  @InstantColumn() createdAt: Date;
}
