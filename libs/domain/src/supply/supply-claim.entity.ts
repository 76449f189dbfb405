import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Attempt } from './attempt.entity.js';
import {
  CLAIM_KINDS,
  CLAIM_STATUSES,
  type ClaimKind,
  type ClaimStatus,
} from './supply-claim-kind.js';
import { Supplier } from './supplier.entity.js';

/** Money a supplier owes us, with the attempt that proves it. One of each kind for an attempt, one for a compensation. */
@Entity('supply_claims')
@Index('uq_supply_claims_attempt_kind', ['attemptId', 'kind'], {
  unique: true,
  where: `"compensation_id" IS NULL`,
})
@Check('ck_supply_claims_recovered', '"recovered_hao" BETWEEN 0 AND "amount_hao"')
@Index('ix_supply_claims_open', ['supplierId', 'createdAt'], { where: `"status" = 'open'` })
export class SupplyClaim extends MasterEntity {
  @Index() @ReferenceColumn() supplierId: string;
  @ManyToOne(() => Supplier) @JoinColumn({ name: 'supplier_id' }) supplier: Relation<Supplier>;
  @RecordReferenceColumn() attemptId: string;
  @ManyToOne(() => Attempt, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'attempt_id' })
  attempt: Relation<Attempt>;
  @EnumColumn(CLAIM_KINDS) kind: ClaimKind;
  @EnumColumn(CLAIM_STATUSES, { default: 'open' }) status: ClaimStatus;
  @MoneyColumn() amountHao: number;
  @MoneyColumn({ default: 0 }) recoveredHao: number;
  /** The compensation that it charges back. */
  @Index({ unique: true, where: `"compensation_id" IS NOT NULL` })
  @RecordReferenceColumn({ nullable: true })
  compensationId: string | null;
  /** Who asked to write it off; a second person confirms. */
  @Column({ type: 'varchar', length: 120, nullable: true }) writeOffAskedBy: string | null;
  @Column({ type: 'varchar', length: 300, nullable: true }) remark: string | null;
  @InstantColumn({ nullable: true }) closedAt: Date | null;
}
