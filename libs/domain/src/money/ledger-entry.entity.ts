import { Check, Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { ENTRY_KINDS, type EntryKind } from './posting.js';

/** One business event in the ledger. Append-only; its key makes it happen once. */
@Entity('ledger_entries')
@Index('ix_ledger_entries_reverses_entry_id', ['reversesEntryId'], {
  unique: true,
  where: '"reverses_entry_id" IS NOT NULL',
})
@Index('ix_ledger_entries_resource_record_id', ['resource', 'recordId'], {
  where: '"resource" IS NOT NULL',
})
@Check('ck_ledger_entries_reversal', `("kind" = 'reversal') = ("reverses_entry_id" IS NOT NULL)`)
@Check('ck_ledger_entries_reason', `"kind" NOT IN ('reversal', 'manual') OR "memo" IS NOT NULL`)
export class LedgerEntry extends RecordEntity {
  /** For example `order:42:charge`. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) idempotencyKey: string;
  @EnumColumn(ENTRY_KINDS) kind: EntryKind;
  @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) memo: string | null;
  @InstantColumn() postedAt: Date;
  /** When it took effect, where that was before it was posted. */
  @InstantColumn({ nullable: true }) effectiveAt: Date | null;
  /** The entry that this one corrects; an entry is reversed once. */
  @RecordReferenceColumn({ nullable: true }) reversesEntryId: string | null;
  /** The record that caused it, by the name of its entity. */
  @Column({ type: 'varchar', length: 40, nullable: true }) resource: string | null;
  @Column({ type: 'varchar', length: 64, nullable: true }) recordId: string | null;
  /** Of the recipe of its kind, as it was then. */
  @Column({ type: 'int', default: 1 }) recipeVersion: number;
}
