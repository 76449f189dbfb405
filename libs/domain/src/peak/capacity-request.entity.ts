import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Supplier } from '../supply/supplier.entity.js';
import { CAPACITY_STATUSES, type CapacityStatus } from './capacity-status.js';
import { PeakLine } from './peak-line.entity.js';

/** What a supplier was asked to hold ready for a peak, and what it promised. */
@Entity('capacity_requests')
@Check(
  'ck_capacity_requests_confirmed',
  `"status" NOT IN ('confirmed', 'used') OR ("confirmed_quantity" > 0 AND "confirmed_price_hao" > 0)`,
)
@Check('ck_capacity_requests_quantity', '"quantity" > 0')
export class CapacityRequest extends MasterEntity {
  @Index() @ReferenceColumn() lineId: string;
  @ManyToOne(() => PeakLine) @JoinColumn({ name: 'line_id' }) line: Relation<PeakLine>;
  @Index() @ReferenceColumn() supplierId: string;
  @ManyToOne(() => Supplier) @JoinColumn({ name: 'supplier_id' }) supplier: Relation<Supplier>;
  @Column({ type: 'int' }) quantity: number;
  @EnumColumn(CAPACITY_STATUSES, { default: 'asked' }) status: CapacityStatus;
  @Column({ type: 'int', nullable: true }) confirmedQuantity: number | null;
  @MoneyColumn({ nullable: true }) confirmedPriceHao: number | null;
  /** Whom we spoke to. */
  @Column({ type: 'varchar', length: 120, nullable: true }) contact: string | null;
  @Column({ type: 'varchar', length: 300, nullable: true }) note: string | null;
  @Column({ type: 'varchar', length: 160, nullable: true }) answeredBy: string | null;
  @InstantColumn({ nullable: true }) answeredAt: Date | null;
}
