import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, ReferenceColumn } from '../database/columns.js';
import { LICENCE_STANDINGS, type LicenceStanding } from './licence-kinds.js';
import { LicenceType } from './licence-type.entity.js';

/** A licence, or a contract with dates, of one holder. A renewal is a licence of its own that begins the day after. */
@Entity('licences')
@Index('ix_licences_next_at', ['nextAt'], { where: `"next_at" IS NOT NULL` })
@Index('uq_licences_previous_id', ['previousId'], {
  unique: true,
  where: `"previous_id" IS NOT NULL`,
})
@Check('ck_licences_span', '"expires_on" IS NULL OR "expires_on" >= "effective_on"')
@Check('ck_licences_apply_by', '"apply_by" IS NOT DISTINCT FROM "expires_on" - "lead_days"')
@Check('ck_licences_days', '"lead_days" BETWEEN 0 AND 1000 AND "review_days" BETWEEN 1 AND 3660')
@Check(
  'ck_licences_four_eyes',
  `("verified_at" IS NULL) = ("verified_by" IS NULL) AND ("verified_by" IS NULL OR lower("verified_by") <> lower("recorded_by"))`,
)
export class Licence extends MasterEntity {
  @Column({ type: 'varchar', length: 160 }) name: string;
  @Index() @ReferenceColumn() typeId: string;
  @ManyToOne(() => LicenceType) @JoinColumn({ name: 'type_id' }) type: Relation<LicenceType>;
  @Column({ type: 'varchar', length: 160 }) holder: string;
  @Column({ type: 'varchar', length: 120 }) number: string;
  @Column({ type: 'varchar', length: 160 }) issuer: string;
  @Column({ type: 'date', nullable: true }) issuedOn: string | null;
  @Column({ type: 'date' }) effectiveOn: string;
  /** The last day, whole; null is for ever. */
  @Column({ type: 'date', nullable: true }) expiresOn: string | null;
  @Column({ type: 'int', default: 0 }) leadDays: number;
  /** The last day on which its renewal may be asked for. */
  @Column({ type: 'date', nullable: true }) applyBy: string | null;
  /** Looked at every so many days; empty is never, of one that does not end 180. */
  @Column({ type: 'int', nullable: true }) reviewDays: number | null;
  @Column({ type: 'date', nullable: true }) reviewedOn: string | null;
  /** An empty list of a scope is everything. */
  @Column({ type: 'text', array: true, default: () => "'{}'" }) categories: string[];
  @Column({ type: 'text', array: true, default: () => "'{}'" }) productCodes: string[];
  @Column({ type: 'text', array: true, default: () => "'{}'" }) platformCodes: string[];
  @Column({ type: 'text', array: true, default: () => "'{}'" }) territories: string[];
  @Column({ type: 'varchar', length: 120 }) ownerEmail: string;
  @EnumColumn(LICENCE_STANDINGS, { default: 'in-force' }) standing: LicenceStanding;
  @Column({ type: 'varchar', length: 120, default: '' }) recordedBy: string;
  @Column({ type: 'varchar', length: 120, nullable: true }) verifiedBy: string | null;
  @InstantColumn({ nullable: true }) verifiedAt: Date | null;
  @Column({ type: 'int', default: 1 }) versionNo: number;
  @ReferenceColumn({ nullable: true }) previousId: string | null;
  @ManyToOne(() => Licence) @JoinColumn({ name: 'previous_id' }) previous: Relation<Licence> | null;
  /** Days before the end on which its owner is told; empty is the standard. */
  @Column({ type: 'int', array: true, default: () => "'{}'" }) expiryLadder: number[];
  @Column({ type: 'int', array: true, default: () => "'{}'" }) applyLadder: number[];
  /** When its clocks are looked at next. */
  @InstantColumn({ nullable: true }) nextAt: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) remark: string | null;
}
