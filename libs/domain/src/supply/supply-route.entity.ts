import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import type { BanWindow } from './ban-window.js';
import { ROUTE_STATUSES, type RouteStatus } from './supplier-status.js';
import { Supplier } from './supplier.entity.js';

/** A product of ours that one supplier sells us, under its own number and at its own price. */
@Entity('supply_routes')
@Index(['productId', 'supplierId', 'supplierProductId'], { unique: true })
@Check('ck_supply_routes_slow_charge', `NOT ("is_slow_charge" AND "status" = 'active')`)
@Check('ck_supply_routes_cost', '"cost_hao" > 0 AND "weight" >= 0')
export class SupplyRoute extends MasterEntity {
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @Index() @ReferenceColumn() supplierId: string;
  @ManyToOne(() => Supplier) @JoinColumn({ name: 'supplier_id' }) supplier: Relation<Supplier>;
  @Column({ type: 'varchar', length: 80 }) supplierProductId: string;
  /** What one unit costs us; also the most that is paid for one. */
  @MoneyColumn() costHao: number;
  /** Smaller comes first. */
  @Column({ type: 'int', default: 100 }) priority: number;
  /** Share of the orders where the product's strategy is by percentage. */
  @Column({ type: 'int', default: 100 }) weight: number;
  @EnumColumn(ROUTE_STATUSES, { default: 'active' }) status: RouteStatus;
  /** In reserve: paused until stock or sources run short, then activated by itself. */
  @Column({ type: 'boolean', default: false }) isStandby: boolean;
  /** 话费慢充: a known way to launder money. Never bought from. */
  @Column({ type: 'boolean', default: false }) isSlowCharge: boolean;
  @Column({ type: 'int', default: 1 }) quantityMin: number;
  @Column({ type: 'int', nullable: true }) quantityMax: number | null;
  /** Regions of the account that this source can serve; empty is all. */
  @Column({ type: 'text', array: true, default: () => "'{}'" }) regions: string[];
  @Column({ type: 'jsonb', default: () => "'[]'" }) banWindows: BanWindow[];
  /** What the supplier calls the product's account fields, where it is not what the protocol calls them. */
  @Column({ type: 'jsonb', default: () => "'{}'" }) fieldNames: Record<string, string>;
  /** Whether the cost follows what the supplier says. */
  @Column({ type: 'boolean', default: false }) followsPrice: boolean;
  /** It never falls below this: a price that low is taken for a slip of the supplier. */
  @MoneyColumn({ nullable: true }) costFloorHao: number | null;
  /** What the supplier last said of its product. */
  @MoneyColumn({ nullable: true }) supplierPriceHao: number | null;
  @Column({ type: 'int', nullable: true }) supplierStock: number | null;
  @Column({ type: 'boolean', nullable: true }) isOnShelf: boolean | null;
  @InstantColumn({ nullable: true }) readAt: Date | null;
  /** When somebody last said that the source is well again: the breaker forgets what was before. */
  @InstantColumn({ nullable: true }) breakerResetAt: Date | null;
}
