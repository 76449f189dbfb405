import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import {
  CHARGE_BACKS,
  COMPENSATION_MEASURES,
  COMPENSATION_CAUSES,
  COMPENSATION_REMEDIES,
  CUSTOMER_TIERS,
  type ChargeBack,
  type CompensationMeasure,
  type CompensationCause,
  type CompensationRemedy,
  type CustomerTier,
} from './compensation-kind.js';
import { CompensationPolicy } from './compensation-policy.entity.js';

/** One line of a policy. The first line that applies decides. */
@Entity('compensation_rules')
@Index(['policyId', 'lineNo'], { unique: true })
@Check(
  'ck_compensation_rules_values',
  '"percent" BETWEEN 0 AND 100 AND "fixed_hao" >= 0 AND "age_min_seconds" >= 0',
)
export class CompensationRule extends MasterEntity {
  @ReferenceColumn() policyId: string;
  @ManyToOne(() => CompensationPolicy)
  @JoinColumn({ name: 'policy_id' })
  policy: Relation<CompensationPolicy>;
  @Column({ type: 'int' }) lineNo: number;
  @Column({ type: 'boolean', default: true }) isActive: boolean;
  @EnumColumn(COMPENSATION_CAUSES) cause: CompensationCause;
  @ReferenceColumn({ nullable: true }) productId: string | null;
  @ManyToOne(() => Product, { nullable: true })
  @JoinColumn({ name: 'product_id' })
  product: Relation<Product> | null;
  @ReferenceColumn({ nullable: true }) platformId: string | null;
  @ManyToOne(() => Platform, { nullable: true })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  @EnumColumn(CUSTOMER_TIERS, { nullable: true }) tier: CustomerTier | null;
  /** For a late order: how late; otherwise how long after the order. */
  @Column({ type: 'int', default: 0 }) ageMinSeconds: number;
  @Column({ type: 'int', nullable: true }) ageMaxSeconds: number | null;
  @MoneyColumn({ nullable: true }) amountMaxHao: number | null;
  @EnumColumn(COMPENSATION_REMEDIES) remedy: CompensationRemedy;
  @EnumColumn(COMPENSATION_MEASURES, { default: 'full' }) basis: CompensationMeasure;
  @Column({ type: 'int', default: 100 }) percent: number;
  @MoneyColumn({ default: 0 }) fixedHao: number;
  @Column({ type: 'boolean', default: true }) isAutomatic: boolean;
  @EnumColumn(CHARGE_BACKS, { default: 'cost' }) chargeBack: ChargeBack;
}
