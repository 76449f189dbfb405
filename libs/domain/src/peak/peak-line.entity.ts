import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { ReferenceColumn } from '../database/columns.js';
import { PeakPlan } from './peak-plan.entity.js';

/** What a festival does to one product. */
@Entity('peak_lines')
@Index(['planId', 'productId'], { unique: true })
@Check('ck_peak_lines_uplift', '("factor" IS NULL) <> ("quantity" IS NULL)')
@Check(
  'ck_peak_lines_sizes',
  '"factor" > 0 AND "factor" <= 100 AND "quantity" > 0 AND "base_per_day" >= 0',
)
export class PeakLine extends MasterEntity {
  @ReferenceColumn() planId: string;
  @ManyToOne(() => PeakPlan) @JoinColumn({ name: 'plan_id' }) plan: Relation<PeakPlan>;
  @Index() @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  /** What people know it by: the festival and the product's code. */
  @Column({ type: 'varchar', length: 160, default: '' }) label: string;
  /** Times a usual day; or else a quantity for all of it. */
  @Column({ type: 'float8', nullable: true }) factor: number | null;
  @Column({ type: 'int', nullable: true }) quantity: number | null;
  /** Sold on a usual day, as the forecast said when the line was made, or as a person knows better. */
  @Column({ type: 'float8', default: 0 }) basePerDay: number;
}
