import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { ExternalStatement } from './external-statement.entity.js';
import {
  EXTERNAL_LINE_STATES,
  EXTERNAL_LINE_TYPES,
  type ExternalLineState,
  type ExternalLineType,
  LINE_CHANGES,
  type LineChange,
  TOLD_STATUSES,
  type ToldStatus,
} from './reconciliation-lists.js';

/** A line of a statement, as it was read; only its state changes. */
@Entity('external_lines')
@Index(['statementId', 'lineNo'], { unique: true })
@Index('ix_external_lines_our_no', ['partyId', 'ourNo'], { where: `"our_no" IS NOT NULL` })
@Index('ix_external_lines_their_no', ['partyId', 'theirNo'], { where: `"their_no" IS NOT NULL` })
@Index('ix_external_lines_waiting', ['statementId', 'passCount', 'id'], {
  where: `"state" = 'waiting'`,
})
export class ExternalLine extends RecordEntity {
  @ReferenceColumn() statementId: string;
  @ManyToOne(() => ExternalStatement, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'statement_id' })
  statement: Relation<ExternalStatement>;
  @ReferenceColumn() partyId: string;
  @Column({ type: 'int' }) lineNo: number;
  @EnumColumn(EXTERNAL_LINE_TYPES) type: ExternalLineType;
  @Column({ type: 'varchar', length: 200, nullable: true }) ourNo: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) theirNo: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) productCode: string | null;
  @Column({ type: 'int', nullable: true }) quantity: number | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) account: string | null;
  @MoneyColumn() amountHao: number;
  @MoneyColumn({ nullable: true }) feeHao: number | null;
  @EnumColumn(TOLD_STATUSES, { nullable: true }) status: ToldStatus | null;
  /** Null for yuan. */
  @Column({ type: 'varchar', length: 12, nullable: true }) currency: string | null;
  @InstantColumn() occurredAt: Date;
  @Column({ type: 'varchar', length: 200, nullable: true }) memo: string | null;
  @EnumColumn(EXTERNAL_LINE_STATES, { default: 'waiting' }) state: ExternalLineState;
  /** Against the version before. */
  @EnumColumn(LINE_CHANGES, { default: 'new' }) change: LineChange;
  @Column({ type: 'int', default: 0 }) passCount: number;
  @InstantColumn() nextPassAt: Date;
  /** The row as it stood in the file. */
  @Column({ type: 'text' }) raw: string;
}
