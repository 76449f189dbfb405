import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { CREDIT_BANDS, CREDIT_STAGES, type CreditBand, type CreditStage } from './credit-band.js';

/** How a platform was scored on one day, with all that went in. */
@Entity('credit_scores')
@Index(['platformId', 'day'], { unique: true })
@Check('ck_credit_scores_score', '"score" BETWEEN 0 AND 1000')
export class CreditScore extends RecordEntity {
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  @Column({ type: 'date' }) day: string;
  /** Of the rule that scored. */
  @Column({ type: 'int' }) revision: number;
  @Column({ type: 'int' }) score: number;
  @EnumColumn(CREDIT_BANDS) band: CreditBand;
  /** A person's score stood in its place. */
  @Column({ type: 'boolean', default: false }) isOverridden: boolean;
  @EnumColumn(CREDIT_STAGES) stage: CreditStage;
  @Column({ type: 'int' }) overdueDays: number;
  @MoneyColumn() limitHao: number;
  @MoneyColumn() exposureHao: number;
  @Column({ type: 'jsonb' }) parts: Record<string, number>;
  @Column({ type: 'jsonb' }) inputs: Record<string, number | boolean | null>;
  @InstantColumn() createdAt: Date;
}
