import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { ExternalStatement } from './external-statement.entity.js';
import { ROW_FAULTS, type RowFault } from './reconciliation-lists.js';

/** A row of a statement that could not be read: the whole statement waits until it can. */
@Entity('external_line_faults')
@Index(['statementId', 'lineNo'])
export class ExternalLineFault extends RecordEntity {
  @ReferenceColumn() statementId: string;
  @ManyToOne(() => ExternalStatement, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'statement_id' })
  statement: Relation<ExternalStatement>;
  @Column({ type: 'int' }) lineNo: number;
  @EnumColumn(ROW_FAULTS) reason: RowFault;
  /** What stood there. */
  @Column({ type: 'varchar', length: 200 }) text: string;
}
