import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { REPLENISH_MODES, type ReplenishMode } from './replenish-status.js';

/** When a product's stock counts as short and what is done then. */
@Entity('replenish_rules')
@Check(
  'ck_replenish_rules_hours',
  '"alert_hours" > 0 AND "clear_hours" > "alert_hours" AND "target_hours" >= "clear_hours"',
)
export class ReplenishRule extends MasterEntity {
  @Index({ unique: true }) @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @EnumColumn(REPLENISH_MODES, { default: 'alert-only' }) mode: ReplenishMode;
  @Column({ type: 'boolean', default: true }) isActive: boolean;
  /** Below so many hours of stock the line is crossed; above `clearHours` it is armed again. */
  @Column({ type: 'float8', default: 24 }) alertHours: number;
  @Column({ type: 'float8', default: 36 }) clearHours: number;
  /** For so many hours stock is bought. */
  @Column({ type: 'float8', default: 72 }) targetHours: number;
  /** However slow the sales, below so many cards the line is crossed. */
  @Column({ type: 'int', default: 0 }) minimumCount: number;
  /** The most one day's purchases may cost; null is no limit. */
  @MoneyColumn({ nullable: true }) dailyBudgetHao: number | null;
  /** A purchase above this waits for a person; null lets all through. */
  @MoneyColumn({ nullable: true }) approvalAboveHao: number | null;
  /** Below the line since then; null while above. */
  @InstantColumn({ nullable: true }) crossedAt: Date | null;
}
