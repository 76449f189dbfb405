import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { CardImport } from './card-import.entity.js';
import { REFUSED_LINE_REASONS, type RefusedLineReason } from './card-text.js';

/** A line of a card file that was not taken, told without the code. */
@Entity('card_import_lines')
@Index(['importId', 'lineNo'])
export class CardImportLine extends RecordEntity {
  @ReferenceColumn() importId: string;
  @ManyToOne(() => CardImport, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'import_id' })
  import: Relation<CardImport>;
  @Column({ type: 'int' }) lineNo: number;
  @EnumColumn(REFUSED_LINE_REASONS) reason: RefusedLineReason;
  /** Where the same card already stands: `line 12` of the file or a batch number. */
  @Column({ type: 'varchar', length: 80, nullable: true }) seenAt: string | null;
}
