import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';

/**
 * What was given on a day, to all or to one customer. Its row is the lock under which compensation is given, and the
 * database itself refuses to overspend it. What a second person allowed is counted apart.
 */
@Entity('compensation_budgets')
@Index(['day', 'scope'], { unique: true })
@Check(
  'ck_compensation_budgets_limits',
  '"spent_hao" BETWEEN 0 AND "limit_hao" AND ("limit_count" IS NULL OR "spent_count" <= "limit_count")',
)
export class CompensationBudget extends RecordEntity {
  @Column({ type: 'date' }) day: string;
  /** `all`, or `platform id/customer`. */
  @Column({ type: 'varchar', length: 120 }) scope: string;
  @ReferenceColumn({ nullable: true }) platformId: string | null;
  @ManyToOne(() => Platform, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  @Column({ type: 'varchar', length: 64, nullable: true }) customerNo: string | null;
  @MoneyColumn() limitHao: number;
  @Column({ type: 'int', nullable: true }) limitCount: number | null;
  @MoneyColumn({ default: 0 }) spentHao: number;
  @Column({ type: 'int', default: 0 }) spentCount: number;
  @MoneyColumn({ default: 0 }) approvedHao: number;
}
