import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn } from '../database/columns.js';
import { POLICY_STATUSES, type PolicyStatus } from './compensation-kind.js';

/** A version of the rules of compensation with its limits. One is active; what was active once is never changed. */
@Entity('compensation_policies')
@Index('uq_compensation_policies_active', ['status'], {
  unique: true,
  where: `"status" = 'active'`,
})
@Check(
  'ck_compensation_policies_limits',
  '"automatic_max_hao" >= 0 AND "customer_daily_count" >= 0 AND "customer_daily_hao" >= 0 AND "daily_hao" >= 0',
)
export class CompensationPolicy extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'int' }) policyNo: number;
  @EnumColumn(POLICY_STATUSES, { default: 'draft' }) status: PolicyStatus;
  /** One compensation above it waits for a person. */
  @MoneyColumn({ default: 2_000_000 }) automaticMaxHao: number;
  @Column({ type: 'int', default: 3 }) customerDailyCount: number;
  @MoneyColumn({ default: 5_000_000 }) customerDailyHao: number;
  @MoneyColumn({ default: 50_000_000 }) dailyHao: number;
  @Column({ type: 'varchar', length: 300, nullable: true }) remark: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) activatedBy: string | null;
  @InstantColumn({ nullable: true }) activatedAt: Date | null;
}
