import { Check, Column, Entity, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { InstantColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';

/** Two people let a product be sold for a while although a licence is missing; never for one that was revoked. */
@Entity('gate_overrides')
@Check(
  'ck_gate_overrides_span',
  `"ends_at" > "starts_at" AND "ends_at" <= "starts_at" + interval '72 hours'`,
)
@Check('ck_gate_overrides_four_eyes', 'lower("asked_by") <> lower("approved_by")')
export class GateOverride extends MasterEntity {
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  /** Null is every platform. */
  @ReferenceColumn({ nullable: true }) platformId: string | null;
  @ManyToOne(() => Platform)
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  @InstantColumn() startsAt: Date;
  @InstantColumn() endsAt: Date;
  @Column({ type: 'varchar', length: 500 }) reason: string;
  @Column({ type: 'varchar', length: 120 }) askedBy: string;
  @Column({ type: 'varchar', length: 120 }) approvedBy: string;
}
