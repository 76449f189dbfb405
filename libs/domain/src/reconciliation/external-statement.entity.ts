import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import {
  EXTERNAL_STATEMENT_STATUSES,
  type ExternalStatementStatus,
} from './reconciliation-lists.js';
import { StatementParty } from './statement-party.entity.js';

/** One statement that somebody sent us, or one hand-in that could not be taken. Its lines are never edited. */
@Entity('external_statements')
@Index('uq_external_statements_file', ['fileHash'], {
  unique: true,
  where: `"file_hash" IS NOT NULL AND "status" <> 'refused'`,
})
@Index('uq_external_statements_version', ['partyId', 'periodFrom', 'periodTo', 'versionNo'], {
  unique: true,
  where: `"status" NOT IN ('running', 'refused')`,
})
@Index('ix_external_statements_due', ['nextPassAt'], { where: `"next_pass_at" IS NOT NULL` })
export class ExternalStatement extends MasterEntity {
  @Index() @ReferenceColumn() partyId: string;
  @ManyToOne(() => StatementParty)
  @JoinColumn({ name: 'party_id' })
  party: Relation<StatementParty>;
  @EnumColumn(EXTERNAL_STATEMENT_STATUSES, { default: 'running' }) status: ExternalStatementStatus;
  @Column({ type: 'date', nullable: true }) periodFrom: string | null;
  @Column({ type: 'date', nullable: true }) periodTo: string | null;
  /** Grows when the same period is sent again. */
  @Column({ type: 'int', default: 1 }) versionNo: number;
  /** The version before. */
  @ReferenceColumn({ nullable: true }) replacesId: string | null;
  @Column({ type: 'varchar', length: 200 }) fileName: string;
  /** SHA-256 of the file: the same file is taken once. */
  @Column({ type: 'varchar', length: 64, nullable: true }) fileHash: string | null;
  @Column({ type: 'varchar', length: 120 }) startedBy: string;
  @Column({ type: 'int', default: 0 }) lineCount: number;
  @Column({ type: 'int', default: 0 }) faultCount: number;
  @Column({ type: 'varchar', length: 80, nullable: true }) failCode: string | null;
  @Column({ type: 'jsonb', nullable: true }) failParams: Record<string, string | number> | null;
  @MoneyColumn({ default: 0 }) orderHao: number;
  @MoneyColumn({ default: 0 }) refundHao: number;
  @MoneyColumn({ default: 0 }) feeHao: number;
  @MoneyColumn({ default: 0 }) deductionHao: number;
  @MoneyColumn({ default: 0 }) payoutHao: number;
  /** What the statement says of its own sums was compared with its lines. */
  @Column({ type: 'boolean', default: false }) hasStatedTotals: boolean;
  /** What of its fees is booked. */
  @MoneyColumn({ default: 0 }) feeBookedHao: number;
  /** The size of what was booked to rounding. */
  @MoneyColumn({ default: 0 }) roundingHao: number;
  /** Against the version before. */
  @Column({ type: 'int', default: 0 }) addedCount: number;
  @Column({ type: 'int', default: 0 }) changedCount: number;
  @Column({ type: 'int', default: 0 }) removedCount: number;
  /** Our own entries were compared up to this one. */
  @Column({ type: 'bigint', default: 0 }) oursCursor: string;
  @Column({ type: 'boolean', default: false }) isOursDone: boolean;
  /** When it is looked at again; null where nothing is waited for. */
  @InstantColumn({ nullable: true }) nextPassAt: Date | null;
  @InstantColumn({ nullable: true }) finishedAt: Date | null;
}
