import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, ReferenceColumn } from '../database/columns.js';
import { DOCUMENT_TYPES, type DocumentType } from './licence-kinds.js';
import { Licence } from './licence.entity.js';

/** A document as it was handed in. Never changed: another one is another row. */
@Entity('licence_documents')
@Index(['licenceId', 'sha256'], { unique: true })
@Check('ck_licence_documents_size', '"size_bytes" = octet_length("content") AND "size_bytes" > 0')
export class LicenceDocument extends RecordEntity {
  @ReferenceColumn() licenceId: string;
  @ManyToOne(() => Licence) @JoinColumn({ name: 'licence_id' }) licence: Relation<Licence>;
  @Column({ type: 'varchar', length: 200 }) name: string;
  @EnumColumn(DOCUMENT_TYPES) mediaType: DocumentType;
  @Column({ type: 'int' }) sizeBytes: number;
  @Column({ type: 'varchar', length: 64 }) sha256: string;
  @Column({ type: 'bytea', select: false }) content: Buffer;
  @Column({ type: 'varchar', length: 120 }) uploadedBy: string;
  @InstantColumn() createdAt: Date;
}
