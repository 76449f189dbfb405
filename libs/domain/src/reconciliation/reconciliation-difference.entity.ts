import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { LedgerEntry } from '../money/ledger-entry.entity.js';
import { ExternalLine } from './external-line.entity.js';
import { ExternalStatement } from './external-statement.entity.js';
import {
  DIFFERENCE_CAUSES,
  DIFFERENCE_KINDS,
  DIFFERENCE_STATUSES,
  type DifferenceCause,
  type DifferenceKind,
  type DifferenceStatus,
  RESOLUTIONS,
  type Resolution,
} from './reconciliation-lists.js';
import { StatementParty } from './statement-party.entity.js';

/** Something that their books and ours do not agree on: the work of finance until it is explained. */
@Entity('reconciliation_differences')
@Index('ix_reconciliation_differences_open', ['dueAt'], {
  where: `"status" IN ('open', 'suspended')`,
})
@Check(
  'ck_reconciliation_differences_end',
  `"status" <> 'resolved' OR ("entry_id" IS NOT NULL OR "reason" IS NOT NULL)`,
)
@Check(
  'ck_reconciliation_differences_suspense',
  `"status" <> 'suspended' OR "suspense_entry_id" IS NOT NULL`,
)
export class ReconciliationDifference extends RecordEntity {
  /** Makes it found once: `line:42:fee`, `entry:77`, `statement:…:payout`. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 120 }) key: string;
  @Index() @ReferenceColumn() partyId: string;
  @ManyToOne(() => StatementParty)
  @JoinColumn({ name: 'party_id' })
  party: Relation<StatementParty>;
  @Index() @ReferenceColumn() statementId: string;
  @ManyToOne(() => ExternalStatement)
  @JoinColumn({ name: 'statement_id' })
  statement: Relation<ExternalStatement>;
  @Index() @RecordReferenceColumn({ nullable: true }) lineId: string | null;
  @ManyToOne(() => ExternalLine, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'line_id' })
  line: Relation<ExternalLine> | null;
  /** Our entry, where there is one. */
  @RecordReferenceColumn({ nullable: true }) ourEntryId: string | null;
  @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @EnumColumn(DIFFERENCE_KINDS) kind: DifferenceKind;
  @EnumColumn(DIFFERENCE_STATUSES, { default: 'open' }) status: DifferenceStatus;
  @MoneyColumn({ nullable: true }) theirsHao: number | null;
  @MoneyColumn({ nullable: true }) oursHao: number | null;
  /** Above zero we have more than the books explain, below zero less. */
  @MoneyColumn() favourHao: number;
  @InstantColumn() occurredAt: Date;
  @InstantColumn() openedAt: Date;
  @InstantColumn() dueAt: Date;
  @Column({ type: 'varchar', length: 120, nullable: true }) ownerEmail: string | null;
  @EnumColumn(DIFFERENCE_CAUSES, { nullable: true }) cause: DifferenceCause | null;
  @Column({ type: 'varchar', length: 1000, nullable: true }) evidence: string | null;
  @EnumColumn(RESOLUTIONS, { nullable: true }) resolution: Resolution | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) reason: string | null;
  @RecordReferenceColumn({ nullable: true }) entryId: string | null;
  @ManyToOne(() => LedgerEntry, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'entry_id' })
  entry: Relation<LedgerEntry> | null;
  @RecordReferenceColumn({ nullable: true }) suspenseEntryId: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) resolvedBy: string | null;
  @InstantColumn({ nullable: true }) resolvedAt: Date | null;
}
