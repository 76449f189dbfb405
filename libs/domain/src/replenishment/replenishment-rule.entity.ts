import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { REPLENISHMENT_MODES, type ReplenishmentMode } from './replenishment-status.js';

/** What is done for a product whose stock falls short, how much of it, and for how much money. */
@Entity('replenishment_rules')
@Check(
  'ck_replenishment_rules_limits',
  '"target_hours" BETWEEN 1 AND 2160 AND "quantity_min" >= 1 AND "quantity_max" BETWEEN "quantity_min" AND 100000 AND "lot_size" BETWEEN 1 AND 10000',
)
@Check(
  'ck_replenishment_rules_money',
  '"day_budget_hao" >= 0 AND "month_budget_hao" >= 0 AND "approval_limit_hao" >= 0 AND "max_cost_hao" > 0',
)
export class ReplenishmentRule extends MasterEntity {
  @Index({ unique: true }) @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @Column({ type: 'boolean', default: true }) isActive: boolean;
  @EnumColumn(REPLENISHMENT_MODES, { default: 'buy' }) mode: ReplenishmentMode;
  /** So long the stock is to last after it. */
  @Column({ type: 'int', default: 48 }) targetHours: number;
  @Column({ type: 'int', default: 10 }) quantityMin: number;
  @Column({ type: 'int', default: 1_000 }) quantityMax: number;
  @Column({ type: 'int', default: 50 }) lotSize: number;
  /** What may be spent on the product in a day and in a month of Shanghai. */
  @MoneyColumn() dayBudgetHao: number;
  @MoneyColumn() monthBudgetHao: number;
  /** A replenishment that may cost more waits for a second person. */
  @MoneyColumn() approvalLimitHao: number;
  /** The most that one piece may cost; null: no more than it is sold for. */
  @MoneyColumn({ nullable: true }) maxCostHao: number | null;
}
