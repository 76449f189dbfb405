import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { Supplier } from '../supply/supplier.entity.js';
import { PARTY_KINDS, type PartyKind } from './reconciliation-lists.js';
import type { ColumnMapping } from './statement-mapping.js';

/** Somebody who sends us statements, with what was agreed about them and how they are read. */
@Entity('statement_parties')
@Check(
  'ck_statement_parties_whose',
  `("kind" = 'platform') = ("platform_id" IS NOT NULL) AND ("kind" = 'supplier') = ("supplier_id" IS NOT NULL)`,
)
@Check(
  'ck_statement_parties_rules',
  '"buffer_days" BETWEEN 0 AND 60 AND "fee_basis_points" BETWEEN 0 AND 5000',
)
export class StatementParty extends MasterEntity {
  /** `platform:demo`, `supplier:a`, `bank`. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 60 }) code: string;
  @EnumColumn(PARTY_KINDS) kind: PartyKind;
  @Index({ unique: true, where: `"platform_id" IS NOT NULL` })
  @ReferenceColumn({ nullable: true })
  platformId: string | null;
  @ManyToOne(() => Platform, { nullable: true })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  @Index({ unique: true, where: `"supplier_id" IS NOT NULL` })
  @ReferenceColumn({ nullable: true })
  supplierId: string | null;
  @ManyToOne(() => Supplier, { nullable: true })
  @JoinColumn({ name: 'supplier_id' })
  supplier: Relation<Supplier> | null;
  /** So many days after its day an unmatched line becomes a difference. */
  @Column({ type: 'int', default: 3 }) bufferDays: number;
  /** The fee that was agreed, in hundredths of a percent of each order. */
  @Column({ type: 'int', default: 0 }) feeBasisPoints: number;
  /** Everything up to this day is closed with this party. */
  @Column({ type: 'date', nullable: true }) closedThrough: string | null;
  /** Which heading carries what, as a person has confirmed it. */
  @Column({ type: 'jsonb', default: () => "'{}'" }) columns: ColumnMapping;
}
