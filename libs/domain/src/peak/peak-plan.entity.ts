import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';

/** A festival for which more is sold than usual. */
@Entity('peak_plans')
@Index(['endsOn'])
@Check('ck_peak_plans_days', '"ends_on" >= "starts_on" AND "lead_days" BETWEEN 0 AND 90')
export class PeakPlan extends MasterEntity {
  @Column({ type: 'varchar', length: 80 }) name: string;
  @Column({ type: 'date' }) startsOn: string;
  @Column({ type: 'date' }) endsOn: string;
  /** So many days before, stock is bought for it. */
  @Column({ type: 'int', default: 7 }) leadDays: number;
  @Column({ type: 'boolean', default: true }) isActive: boolean;
  @Column({ type: 'varchar', length: 300, nullable: true }) remark: string | null;
}
