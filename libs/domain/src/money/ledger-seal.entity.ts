import { Check, Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, RecordReferenceColumn } from '../database/columns.js';

/** A link of the chain over the books: who changes an entry later, by whatever means, breaks it. */
@Entity('ledger_seals')
@Check('ck_ledger_seals_range', '"last_entry_id" >= "first_entry_id"')
export class LedgerSeal extends RecordEntity {
  @Index({ unique: true }) @RecordReferenceColumn() firstEntryId: string;
  @RecordReferenceColumn() lastEntryId: string;
  @Column({ type: 'int' }) entryCount: number;
  /** SHA-256 over the hash before it and the text of the entries. */
  @Column({ type: 'varchar', length: 64 }) hash: string;
  @InstantColumn() sealedAt: Date;
}
