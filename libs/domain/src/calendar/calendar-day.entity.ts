import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';

/** A day that differs from its weekday: a holiday, or a weekend that is worked. */
@Entity('calendar_days')
@Index(['calendarId', 'day'], { unique: true })
export class CalendarDay extends RecordEntity {
  @Column({ type: 'varchar', length: 60 }) calendarId: string;
  @Column({ type: 'date' }) day: string;
  @Column({ type: 'boolean' }) isWorkday: boolean;
  @Column({ type: 'varchar', length: 40 }) name: string;
  @Column({ type: 'varchar', length: 300 }) source: string;
  /** The edition of the year that brought it. */
  @Column({ type: 'int' }) edition: number;
}
