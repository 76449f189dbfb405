import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { HOLD_STATUSES, type HoldStatus } from './hold.js';

/** Money that a platform has and may not spend: it is posted, given back, or given back when its time is over. */
@Entity('balance_holds')
@Index('ix_balance_holds_open', ['expiresAt'], { where: `"status" = 'held'` })
@Check('ck_balance_holds_amount', '"amount_hao" > 0')
@Check(
  'ck_balance_holds_posted',
  `("status" = 'posted') = ("posted_hao" IS NOT NULL) AND "posted_hao" BETWEEN 1 AND "amount_hao"`,
)
@Check('ck_balance_holds_ended', `("status" = 'held') = ("ended_at" IS NULL)`)
export class BalanceHold extends RecordEntity {
  /** Held under one key once. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) key: string;
  @Index() @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  @MoneyColumn() amountHao: number;
  /** What of it was taken; the rest was given back. */
  @MoneyColumn({ nullable: true }) postedHao: number | null;
  @EnumColumn(HOLD_STATUSES, { default: 'held' }) status: HoldStatus;
  @Column({ type: 'varchar', length: 200 }) reason: string;
  @InstantColumn() heldAt: Date;
  @InstantColumn() expiresAt: Date;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
}
