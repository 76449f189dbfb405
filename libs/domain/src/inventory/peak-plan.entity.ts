import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { PEAK_PLAN_STATUSES, type PeakPlanStatus } from './replenish-status.js';

/** A dated uplift of one product's sales, for example of a festival. */
@Entity('peak_plans')
@Check('ck_peak_plans_days', '"ends_on" >= "starts_on" AND "uplift_percent" BETWEEN 0 AND 10000')
export class PeakPlan extends MasterEntity {
  @Column({ type: 'varchar', length: 120 }) name: string;
  @Index() @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @EnumColumn(PEAK_PLAN_STATUSES, { default: 'draft' }) status: PeakPlanStatus;
  @Column({ type: 'date' }) startsOn: string;
  @Column({ type: 'date' }) endsOn: string;
  /** On top of usual sales: 150 means two and a half times as much. */
  @Column({ type: 'int' }) upliftPercent: number;
  /** Sales of a usual day; null takes the average of the last 28 days. */
  @Column({ type: 'int', nullable: true }) usualDailyCount: number | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) remark: string | null;
}
