import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, ReferenceColumn } from '../database/columns.js';
import { Licence } from './licence.entity.js';
import { RENEWAL_STATUSES, type RenewalStatus } from './renewal-status.js';

/** One renewal of a licence, from collecting papers until the next licence is verified by somebody else. */
@Entity('licence_renewals')
@Index('uq_licence_renewals_open', ['licenceId'], {
  unique: true,
  where: `"status" IN ('collecting', 'submitted', 'in-review', 'received')`,
})
@Check(
  'ck_licence_renewals_receipt',
  `"status" IN ('collecting', 'given-up') OR ("receipt_no" IS NOT NULL AND "submitted_on" IS NOT NULL)`,
)
@Check(
  'ck_licence_renewals_received',
  `"status" NOT IN ('received', 'active') OR ("new_number" IS NOT NULL AND "new_effective_on" IS NOT NULL AND "received_by" IS NOT NULL)`,
)
@Check(
  'ck_licence_renewals_four_eyes',
  `"status" <> 'active' OR ("verified_by" IS NOT NULL AND lower("verified_by") <> lower("received_by"))`,
)
export class LicenceRenewal extends MasterEntity {
  @Index() @ReferenceColumn() licenceId: string;
  @ManyToOne(() => Licence) @JoinColumn({ name: 'licence_id' }) licence: Relation<Licence>;
  @EnumColumn(RENEWAL_STATUSES, { default: 'collecting' }) status: RenewalStatus;
  @Column({ type: 'varchar', length: 120 }) startedBy: string;
  /** What the authority gave for the application. */
  @Column({ type: 'varchar', length: 120, nullable: true }) receiptNo: string | null;
  @Column({ type: 'date', nullable: true }) submittedOn: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) newNumber: string | null;
  @Column({ type: 'date', nullable: true }) newIssuedOn: string | null;
  @Column({ type: 'date', nullable: true }) newEffectiveOn: string | null;
  @Column({ type: 'date', nullable: true }) newExpiresOn: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) receivedBy: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) verifiedBy: string | null;
  @ReferenceColumn({ nullable: true }) newLicenceId: string | null;
  @ManyToOne(() => Licence)
  @JoinColumn({ name: 'new_licence_id' })
  newLicence: Relation<Licence> | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) note: string | null;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
}
