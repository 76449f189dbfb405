import { Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';

/** What is known of a year in one calendar. A year that is not here has not been announced. */
@Entity('calendar_years')
@Index(['calendarId', 'year'], { unique: true })
export class CalendarYear extends MasterEntity {
  /** `statutory`, `bank`, or a platform's own: `own:<code>`. */
  @Column({ type: 'varchar', length: 60 }) calendarId: string;
  @Column({ type: 'int' }) year: number;
  /** Later days are guessed. */
  @Column({ type: 'date' }) coverageUntil: string;
  /** The official paper it was taken from. */
  @Column({ type: 'varchar', length: 300 }) source: string;
  /** How often it was imported with a change. */
  @Column({ type: 'int', default: 1 }) edition: number;
  @Column({ type: 'varchar', length: 120 }) importedBy: string;
}
