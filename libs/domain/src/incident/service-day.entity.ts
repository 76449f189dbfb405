import { Column, Entity, PrimaryColumn, BaseEntity } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** How a day of Shanghai went, as the public page tells it: orders of that day that have ended, and how. */
@Entity('service_days')
export class ServiceDay extends BaseEntity {
  @PrimaryColumn({ type: 'date' }) day: string;
  @Column({ type: 'int', default: 0 }) fulfilledCount: number;
  /** Ended without all of their goods, by our fault. */
  @Column({ type: 'int', default: 0 }) failedCount: number;
  /** Cancelled by who had ordered, or refused for what they had sent: no failure of ours. */
  @Column({ type: 'int', default: 0 }) excludedCount: number;
  @InstantColumn() countedAt: Date;
}
