import {
  BaseEntity,
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { LOT_KINDS, type LotKind } from './lot.js';

/** A part of a platform's balance by where it came from. It bears the id of the entry that brought it. */
@Entity('balance_lots')
@Index('ix_balance_lots_filled', ['platformId'], { where: '"remaining_hao" > 0' })
@Index('ix_balance_lots_expiring', ['expiresAt'], {
  where: '"expires_at" IS NOT NULL AND "remaining_hao" > 0',
})
@Check('ck_balance_lots_remaining', '"remaining_hao" >= 0')
@Check('ck_balance_lots_expiry', `"kind" = 'granted' OR "expires_at" IS NULL`)
export class BalanceLot extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) id: string;
  @Index() @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  @EnumColumn(LOT_KINDS) kind: LotKind;
  /** What it held when it was opened; 0 until its entry has been spread. */
  @MoneyColumn({ default: 0 }) broughtHao: number;
  @MoneyColumn({ default: 0 }) remainingHao: number;
  /** Number of the bank's receipt: the same payment is booked once, however it is written down. */
  @Index({ unique: true })
  @Column({ type: 'varchar', length: 64, nullable: true })
  receiptNo: string | null;
  /** Who paid it in, as the bank says: money goes back to nobody else. */
  @Column({ type: 'varchar', length: 64, nullable: true }) payer: string | null;
  @InstantColumn({ nullable: true }) expiresAt: Date | null;
  @InstantColumn() broughtAt: Date;
}
