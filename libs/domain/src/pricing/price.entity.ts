import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';

/** One line of a price list; without a platform it is the list price for everybody. */
@Entity('prices')
@Check('ck_prices_unit_price_hao', '"unit_price_hao" > 0')
@Check(
  'ck_prices_quantities',
  '"min_quantity" >= 1 AND ("max_quantity" IS NULL OR "max_quantity" >= "min_quantity")',
)
export class Price extends MasterEntity {
  @Index() @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @ReferenceColumn({ nullable: true }) platformId: string | null;
  @ManyToOne(() => Platform, { nullable: true })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  @MoneyColumn() unitPriceHao: number;
  @Column({ type: 'int', default: 1 }) minQuantity: number;
  @Column({ type: 'int', nullable: true }) maxQuantity: number | null;
  @InstantColumn({ default: () => 'now()' }) validFrom: Date;
  @InstantColumn({ nullable: true }) validTo: Date | null;
}
