import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { RecordReferenceColumn } from '../database/columns.js';
import { ExportFile } from './export-file.entity.js';

/** Some of the bytes of an exported file, in the order of their ids. */
@Entity('export_parts')
@Index(['fileId', 'id'])
export class ExportPart extends RecordEntity {
  @RecordReferenceColumn() fileId: string;
  @ManyToOne(() => ExportFile, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'file_id' })
  file: Relation<ExportFile>;
  @Column({ type: 'bytea', select: false }) bytes: Buffer;
}
