import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn } from '../database/columns.js';
import {
  DELIVERY_PLAN_STATUSES,
  OVERDUE_TERMS,
  RESERVE_MODES,
  type DeliveryPlanStatus,
  type OverdueTerms,
  type ReserveMode,
} from './large-order-phase.js';

/** A template of how large orders are paid and delivered. An order freezes what it says when it is accepted. */
@Entity('delivery_plans')
@Check('ck_delivery_plans_prepayment_percent', '"prepayment_percent" BETWEEN 0 AND 100')
@Check(
  'ck_delivery_plans_seconds',
  '"pay_seconds" > 0 AND "grace_seconds" >= 0 AND "deliver_seconds" > 0 AND "accept_seconds" >= 0',
)
export class DeliveryPlan extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 40 }) code: string;
  @Column({ type: 'varchar', length: 120 }) name: string;
  @EnumColumn(DELIVERY_PLAN_STATUSES, { default: 'active' }) status: DeliveryPlanStatus;
  @Column({ type: 'int', default: 30 }) prepaymentPercent: number;
  /** Shares of the units, one for each stage; together 100. */
  @Column({ type: 'int', array: true, default: () => "'{40,30,30}'" }) stagePercents: number[];
  /** How long a payment is waited for, and how much longer until the order is cancelled. */
  @Column({ type: 'int', default: 259_200 }) paySeconds: number;
  @Column({ type: 'int', default: 345_600 }) graceSeconds: number;
  /** How long the units of a released stage may take to come. */
  @Column({ type: 'int', default: 604_800 }) deliverSeconds: number;
  /** After this a delivered stage counts as accepted. */
  @Column({ type: 'int', default: 172_800 }) acceptSeconds: number;
  /** From the due time of a payment: negative before, positive after. */
  @Column({ type: 'int', array: true, default: () => "'{-86400,-7200,0,86400,259200}'" })
  remindSeconds: number[];
  @EnumColumn(RESERVE_MODES, { default: 'next-stage' }) reserve: ReserveMode;
  @EnumColumn(OVERDUE_TERMS, { default: 'refund' }) onOverdue: OverdueTerms;
}
