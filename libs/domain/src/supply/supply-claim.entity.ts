import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
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

/** Money a supplier owes us, with the attempt that proves it. One of each kind for an attempt. */
@Entity('supply_claims')
@Index(['attemptId', 'kind'], { unique: true })
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
  @Column({ type: 'varchar', length: 300, nullable: true }) remark: string | null;
  @InstantColumn({ nullable: true }) closedAt: Date | null;
}
