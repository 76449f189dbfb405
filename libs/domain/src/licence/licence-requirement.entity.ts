import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { PRODUCT_CATEGORIES, type ProductCategory } from '../catalog/product-category.js';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { LicenceType } from './licence-type.entity.js';

/** A line of the matrix: selling this, to this platform, needs a licence of this type, held by this company. */
@Entity('licence_requirements')
@Check('ck_licence_requirements_subject', '"category" IS NOT NULL OR "product_id" IS NOT NULL')
export class LicenceRequirement extends MasterEntity {
  @EnumColumn(PRODUCT_CATEGORIES, { nullable: true }) category: ProductCategory | null;
  @ReferenceColumn({ nullable: true }) productId: string | null;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product> | null;
  /** Null is every platform. */
  @ReferenceColumn({ nullable: true }) platformId: string | null;
  @ManyToOne(() => Platform)
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  @Index() @ReferenceColumn() typeId: string;
  @ManyToOne(() => LicenceType) @JoinColumn({ name: 'type_id' }) type: Relation<LicenceType>;
  /** The company that must hold it; null is any of ours. */
  @Column({ type: 'varchar', length: 160, nullable: true }) holder: string | null;
  @Column({ type: 'varchar', length: 20, default: 'CN' }) territory: string;
  @Column({ type: 'boolean', default: true }) isActive: boolean;
  @Column({ type: 'varchar', length: 300, nullable: true }) remark: string | null;
}
