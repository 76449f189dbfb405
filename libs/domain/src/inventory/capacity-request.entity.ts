import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { Supplier } from '../supply/supplier.entity.js';
import { PeakPlan } from './peak-plan.entity.js';
import { CAPACITY_REQUEST_STATUSES, type CapacityRequestStatus } from './replenish-status.js';

/** What a supplier is asked to keep ready for a peak, and what it promised. */
@Entity('capacity_requests')
@Index(['peakPlanId', 'supplierId'], { unique: true })
@Check('ck_capacity_requests_counts', '"asked_count" > 0 AND "promised_count" >= 0')
export class CapacityRequest extends MasterEntity {
  @ReferenceColumn() peakPlanId: string;
  @ManyToOne(() => PeakPlan) @JoinColumn({ name: 'peak_plan_id' }) peakPlan: Relation<PeakPlan>;
  @ReferenceColumn() supplierId: string;
  @ManyToOne(() => Supplier) @JoinColumn({ name: 'supplier_id' }) supplier: Relation<Supplier>;
  @EnumColumn(CAPACITY_REQUEST_STATUSES, { default: 'draft' }) status: CapacityRequestStatus;
  @Column({ type: 'int' }) askedCount: number;
  @Column({ type: 'int', default: 0 }) promisedCount: number;
  @Column({ type: 'varchar', length: 300, nullable: true }) remark: string | null;
}
