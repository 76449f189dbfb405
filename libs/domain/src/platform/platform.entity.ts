import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { DeliveryPlan } from '../large-order/delivery-plan.entity.js';
import { PLATFORM_STATUSES, type PlatformStatus } from './platform-status.js';

/** A card-league platform that orders from us. */
@Entity('platforms')
@Check(
  'ck_platforms_reorder',
  '"reorder_times" BETWEEN 0 AND 3 AND "reorder_after_seconds" BETWEEN 0 AND 86400',
)
export class Platform extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 40 }) code: string;
  @Column({ type: 'varchar', length: 120 }) name: string;
  @EnumColumn(PLATFORM_STATUSES, { default: 'active' }) status: PlatformStatus;
  /** A sandbox may be called back over http and on loopback. */
  @Column({ type: 'boolean', default: false }) isSandbox: boolean;
  @Column({ type: 'text', array: true, default: () => "'{}'" }) callbackHosts: string[];
  /**
   * Waits before each callback try, in seconds; null takes the standard ladder. The first try always leaves at once: the
   * first number stands for it and is not waited for.
   */
  @Column({ type: 'int', array: true, nullable: true }) callbackLadderSeconds: number[] | null;
  /** Signs callbacks; encrypted with the master key. */
  @Column({ type: 'bytea', select: false, nullable: true }) callbackSecretSealed: Buffer | null;
  /** Requests a second and burst per credential; null is no limit. */
  @Column({ type: 'int', nullable: true }) rateLimitPerSecond: number | null;
  @Column({ type: 'int', nullable: true }) rateLimitBurst: number | null;
  @Column({ type: 'varchar', length: 8, default: 'zh-CN' }) language: string;
  /** How often what an order lacks is ordered again by itself after it failed, at its old price; 0 is never. */
  @Column({ type: 'int', default: 0 }) reorderTimes: number;
  /** How long after the failure. */
  @Column({ type: 'int', default: 300 }) reorderAfterSeconds: number;
  /** From this amount on an order is paid and delivered in stages; null takes the rule. */
  @MoneyColumn({ nullable: true }) largeOrderFromHao: number | null;
  /** How its large orders are paid and delivered; null takes the standard plan. */
  @ReferenceColumn({ nullable: true }) deliveryPlanId: string | null;
  @ManyToOne(() => DeliveryPlan, { nullable: true })
  @JoinColumn({ name: 'delivery_plan_id' })
  deliveryPlan: Relation<DeliveryPlan> | null;
}
