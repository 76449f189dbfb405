import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { LicenceDocument } from './licence-document.entity.js';
import { VERIFICATION_RESULTS, type VerificationResult } from './licence-kinds.js';
import { Licence } from './licence.entity.js';

/** Somebody has compared a licence with a public registry. Append-only. */
@Entity('licence_verifications')
@Index(['licenceId', 'id'])
export class LicenceVerification extends RecordEntity {
  @ReferenceColumn() licenceId: string;
  @ManyToOne(() => Licence) @JoinColumn({ name: 'licence_id' }) licence: Relation<Licence>;
  @EnumColumn(VERIFICATION_RESULTS) result: VerificationResult;
  /** Which registry was asked. */
  @Column({ type: 'varchar', length: 200 }) registry: string;
  @Column({ type: 'varchar', length: 500, nullable: true }) note: string | null;
  /** The screenshot of what it said. */
  @RecordReferenceColumn({ nullable: true }) documentId: string | null;
  @ManyToOne(() => LicenceDocument)
  @JoinColumn({ name: 'document_id' })
  document: Relation<LicenceDocument> | null;
  @Column({ type: 'varchar', length: 120 }) verifiedBy: string;
  @InstantColumn() createdAt: Date;
}
