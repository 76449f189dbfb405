import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import { OUTBOX_KINDS, type OutboxKind } from './outbox-kind.js';

/** An index entry costs a sale two hundredths of its log; the rows that every sale writes are taken by id and need none. */
const NOT_OF_EVERY_SALE = `"kind" <> 'start-order'`;

/** Work that was committed together with the rows it is about; deleted when it is done. */
@Entity('outbox_messages')
@Index('ix_outbox_messages_due', ['kind', 'notBefore'], { where: NOT_OF_EVERY_SALE })
@Index('ix_outbox_messages_subject', ['subject'], { where: NOT_OF_EVERY_SALE })
export class OutboxMessage extends RecordEntity {
  @EnumColumn(OUTBOX_KINDS) kind: OutboxKind;
  /** An order's id, a product's id or a callback's id; never a code or a secret. */
  @Column({ type: 'varchar', length: 64 }) subject: string;
  @InstantColumn() notBefore: Date;
  @InstantColumn({ nullable: true }) leasedUntil: Date | null;
  @Column({ type: 'int', default: 0 }) tryCount: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
}
