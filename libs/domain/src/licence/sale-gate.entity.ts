import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import type { GateLack } from './sale-gate.js';

/** Until when a product that needs licences may be sold. Counted anew with every change; the day decides by itself. */
@Entity('sale_gates')
@Index('uq_sale_gates_platform', ['productId', 'platformId'], {
  unique: true,
  where: `"platform_id" IS NOT NULL`,
})
@Index('uq_sale_gates_everybody', ['productId'], { unique: true, where: `"platform_id" IS NULL` })
export class SaleGate extends RecordEntity {
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  /** Null: every platform that has no line of its own. */
  @ReferenceColumn({ nullable: true }) platformId: string | null;
  @ManyToOne(() => Platform)
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  /** The last day of sale, whole; null is for ever, year 1 is not at all. */
  @Column({ type: 'date', nullable: true }) sellUntil: string | null;
  /** The last day on which it may newly be put on sale. */
  @Column({ type: 'date', nullable: true }) listUntil: string | null;
  /** The last day on which what is paid for may be delivered. */
  @Column({ type: 'date', nullable: true }) fulfilUntil: string | null;
  @Column({ type: 'boolean', default: false }) isRenewing: boolean;
  @Column({ type: 'boolean', default: false }) isRevoked: boolean;
  /** Two people have allowed it until then. */
  @InstantColumn({ nullable: true }) overrideUntil: Date | null;
  @Column({ type: 'jsonb', default: () => "'[]'" }) lacks: GateLack[];
  @InstantColumn() updatedAt: Date;
}
