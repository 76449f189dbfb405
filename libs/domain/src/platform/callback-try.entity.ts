import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { CallbackDelivery } from './callback-delivery.entity.js';

/** One try to reach a platform, with what came back. */
@Entity('callback_tries')
@Index(['callbackId', 'tryNo'], { unique: true })
export class CallbackTry extends RecordEntity {
  @RecordReferenceColumn() callbackId: string;
  @ManyToOne(() => CallbackDelivery, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'callback_id' })
  callback: Relation<CallbackDelivery>;
  @Column({ type: 'int' }) tryNo: number;
  @Column({ type: 'int', nullable: true }) httpStatus: number | null;
  /** Why there was no acknowledgement, as a short code: `refused`, `timed-out`, `address-not-public`, `http-500` … */
  @Column({ type: 'varchar', length: 80, nullable: true }) failure: string | null;
  @Column({ type: 'int' }) durationMs: number;
  @Column({ type: 'varchar', length: 120 }) askedBy: string;
  @InstantColumn() sentAt: Date;
}
