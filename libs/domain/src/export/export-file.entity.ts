import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, ReferenceColumn } from '../database/columns.js';
import { Staff } from '../staff/staff.entity.js';
import {
  EXPORT_FORMATS,
  EXPORT_STATUSES,
  type ExportFormat,
  type ExportStatus,
} from './export-file.js';

/** A list that somebody exports: who, what, how far it has come. Its bytes are its parts. */
@Entity('export_files')
@Index('ix_export_files_open', ['id'], { where: `"status" IN ('queued', 'running')` })
@Index('ix_export_files_kept', ['expiresAt'], { where: `"status" = 'done'` })
export class ExportFile extends RecordEntity {
  /** Of the form: handed in twice, it is one export. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 64 }) formKey: string;
  @Index() @ReferenceColumn() staffId: string;
  @ManyToOne(() => Staff) @JoinColumn({ name: 'staff_id' }) staff: Relation<Staff>;
  @Column({ type: 'varchar', length: 60 }) resource: string;
  @Column({ type: 'varchar', length: 2000 }) query: string;
  @EnumColumn(EXPORT_FORMATS) format: ExportFormat;
  @EnumColumn(EXPORT_STATUSES, { default: 'queued' }) status: ExportStatus;
  @Column({ type: 'int', default: 0 }) rowCount: number;
  /** There were more rows than a file may have. */
  @Column({ type: 'boolean', default: false }) isCut: boolean;
  @Column({ type: 'varchar', length: 200, nullable: true }) failure: string | null;
  @InstantColumn({ nullable: true }) leasedUntil: Date | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
  @InstantColumn({ nullable: true }) finishedAt: Date | null;
  @InstantColumn({ nullable: true }) expiresAt: Date | null;
}
