import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn } from '../database/columns.js';
import { SUPPLY_STRATEGIES, type SupplyStrategy } from '../supply/supplier-status.js';
import type { AccountField } from './account-fields.js';
import { PRODUCT_CATEGORIES, type ProductCategory } from './product-category.js';
import { PRODUCT_KINDS, type ProductKind } from './product-kind.js';
import { PRODUCT_STATUSES, type ProductStatus } from './product-status.js';

/** Something we sell. */
@Entity('products')
@Check(
  'ck_products_quantities',
  '"min_quantity" >= 1 AND "max_quantity" BETWEEN "min_quantity" AND 10000 AND "quantity_step" >= 1',
)
@Check('ck_products_wait', '"wait_seconds" BETWEEN 1 AND 2592000')
@Check('ck_products_licence_term', '"licence_term_days" BETWEEN 1 AND 36500')
export class Product extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 64 }) code: string;
  @Column({ type: 'varchar', length: 160 }) name: string;
  @EnumColumn(PRODUCT_KINDS, { default: 'card' }) kind: ProductKind;
  /** What it is by law: which licences selling it needs. */
  @EnumColumn(PRODUCT_CATEGORIES, { default: 'other' }) category: ProductCategory;
  @EnumColumn(PRODUCT_STATUSES, { default: 'draft' }) status: ProductStatus;
  @Column({ type: 'int', default: 1 }) minQuantity: number;
  @Column({ type: 'int', default: 10_000 }) maxQuantity: number;
  @Column({ type: 'int', default: 1 }) quantityStep: number;
  /** Whether an order may wait for cards when stock is short. */
  @Column({ type: 'boolean', default: true }) mayWait: boolean;
  /** How long it may wait before it fails and is refunded. */
  @Column({ type: 'int', default: 600 }) waitSeconds: number;
  /** Below this many available cards, platforms see the stock level `low`. */
  @Column({ type: 'int', default: 50 }) lowStockThreshold: number;
  /** Staff are told, and standby routes activated, when the stock lasts for fewer hours; 0 is never. */
  @Column({ type: 'int', default: 12 }) runwayHoursMin: number;
  /** How its source is chosen among its routes. */
  @EnumColumn(SUPPLY_STRATEGIES, { default: 'priority' }) supplyStrategy: SupplyStrategy;
  /** Whether it may be bought for more than it is sold for. */
  @Column({ type: 'boolean', default: false }) maySellAtLoss: boolean;
  @Column({ type: 'jsonb', default: () => "'[]'" }) accountFields: AccountField[];
  @Column({ type: 'text', array: true, default: () => "'{}'" }) bannedChannels: string[];
  /** Software that runs out so many days after its delivery: its platform is told before. */
  @Column({ type: 'int', nullable: true }) licenceTermDays: number | null;
}
