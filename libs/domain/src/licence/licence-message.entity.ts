import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import { LICENCE_MESSAGE_STATUSES, type LicenceMessageStatus } from './licence-kinds.js';

/** All that one person is told of on one day, as one message. */
@Entity('licence_messages')
@Index(['recipient', 'day'], { unique: true })
@Index('ix_licence_messages_due', ['notBefore'], { where: `"status" = 'due'` })
export class LicenceMessage extends RecordEntity {
  @Column({ type: 'varchar', length: 120 }) recipient: string;
  @Column({ type: 'date' }) day: string;
  @EnumColumn(LICENCE_MESSAGE_STATUSES, { default: 'due' }) status: LicenceMessageStatus;
  @InstantColumn() notBefore: Date;
  @InstantColumn({ nullable: true }) sentAt: Date | null;
  @Column({ type: 'int', default: 0 }) tryCount: number;
  @Column({ type: 'varchar', length: 200, nullable: true }) failure: string | null;
  @InstantColumn() createdAt: Date;
}
