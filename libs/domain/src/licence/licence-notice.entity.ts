import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, RecordReferenceColumn } from '../database/columns.js';

/** A platform is told once that software it bought runs out in so many days. */
@Entity('licence_notices')
@Index(['orderId', 'daysLeft'], { unique: true })
export class LicenceNotice extends RecordEntity {
  @RecordReferenceColumn() orderId: string;
  @Column({ type: 'int' }) daysLeft: number;
  @Column({ type: 'date' }) expiresOn: string;
  @Column({ type: 'int' }) unitCount: number;
  @RecordReferenceColumn({ nullable: true }) callbackId: string | null;
  @InstantColumn() createdAt: Date;
}
