import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { CREDIT_BANDS, CREDIT_STAGES, type CreditBand, type CreditStage } from './credit-band.js';

/** What a platform is trusted with now. The account's own floor is what orders are held to. */
@Entity('credit_lines')
@Check('ck_credit_lines_amounts', '"agreed_hao" >= 0 AND "limit_hao" BETWEEN 0 AND "agreed_hao"')
@Check('ck_credit_lines_score', '"score" BETWEEN 0 AND 1000')
@Check(
  'ck_credit_lines_override',
  '("override_score" IS NULL) = ("override_until" IS NULL) AND "override_score" BETWEEN 0 AND 1000',
)
export class CreditLine extends MasterEntity {
  @Index({ unique: true }) @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  /** The most that staff have agreed to; none is no credit at all. */
  @MoneyColumn({ default: 0 }) agreedHao: number;
  /** What the score allows of it now. */
  @MoneyColumn({ default: 0 }) limitHao: number;
  /** Since when the limit may be raised again. */
  @InstantColumn({ nullable: true }) raisedAt: Date | null;
  @Column({ type: 'int', nullable: true }) score: number | null;
  @EnumColumn(CREDIT_BANDS, { nullable: true }) band: CreditBand | null;
  @EnumColumn(CREDIT_STAGES, { default: 'open' }) stage: CreditStage;
  @Column({ type: 'int', default: 0 }) overdueDays: number;
  /** How many days a debt may stand before it is overdue. */
  @Column({ type: 'int', default: 7 }) termDays: number;
  /** Who they are was checked by us on this day. */
  @Column({ type: 'date', nullable: true }) identityCheckedOn: string | null;
  /** Orders above it wait for a person; null is no limit. */
  @MoneyColumn({ nullable: true }) orderLimitHao: number | null;
  /** A person's score in the place of ours, until it ends. */
  @Column({ type: 'int', nullable: true }) overrideScore: number | null;
  @InstantColumn({ nullable: true }) overrideUntil: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) overrideReason: string | null;
}
