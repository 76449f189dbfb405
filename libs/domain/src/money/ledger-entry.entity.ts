import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { ENTRY_KINDS, type EntryKind } from './posting.js';

/** One business event in the ledger. Append-only; its key makes it happen once. */
@Entity('ledger_entries')
export class LedgerEntry extends RecordEntity {
  /** For example `order:42:charge`. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) idempotencyKey: string;
  @EnumColumn(ENTRY_KINDS) kind: EntryKind;
  @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) memo: string | null;
  @InstantColumn() postedAt: Date;
}
