import { Check, Column, Entity } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, MoneyColumn } from '../database/columns.js';
import {
  COMPENSATION_ACTIONS,
  COMPENSATION_CAUSES,
  type CompensationAction,
  type CompensationCause,
} from './compensation-rule.js';

/** When a compensation needs nobody's leave, and what it is. The first rule that fits decides, smallest priority first. */
@Entity('compensation_rules')
@Check('ck_compensation_rules_credit', '"credit_percent" BETWEEN 0 AND 100')
export class CompensationRule extends MasterEntity {
  @Column({ type: 'varchar', length: 120 }) name: string;
  @Column({ type: 'int', default: 100 }) priority: number;
  @Column({ type: 'boolean', default: true }) isActive: boolean;
  @EnumColumn(COMPENSATION_CAUSES) cause: CompensationCause;
  @EnumColumn(COMPENSATION_ACTIONS) action: CompensationAction;
  /** Hours since the order; null is however old. */
  @Column({ type: 'int', nullable: true }) ageHoursMax: number | null;
  /** The value of the units concerned; null is any. */
  @MoneyColumn({ nullable: true }) amountMaxHao: number | null;
  /** Customer tiers it is for; empty is all. */
  @Column({ type: 'text', array: true, default: () => "'{}'" }) tiers: string[];
  /** Share of the value that is credited. */
  @Column({ type: 'int', default: 100 }) creditPercent: number;
  /** The most it may cost a day in all, and for one customer. */
  @MoneyColumn({ nullable: true }) dailyBudgetHao: number | null;
  @MoneyColumn({ nullable: true }) customerDailyBudgetHao: number | null;
  /** Whether the supplier of the units is charged. */
  @Column({ type: 'boolean', default: true }) chargesSupplier: boolean;
}
