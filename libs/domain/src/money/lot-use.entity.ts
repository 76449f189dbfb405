import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { MoneyColumn, RecordReferenceColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { BalanceLot } from './balance-lot.entity.js';
import { LedgerEntry } from './ledger-entry.entity.js';

/** A part of one posting: taken from a lot (above zero) or put into it (below zero); without a lot it is owed. */
@Entity('lot_uses')
@Index(['postingId', 'lotId'])
@Check('ck_lot_uses_amount', '"amount_hao" <> 0')
export class LotUse extends RecordEntity {
  @RecordReferenceColumn() postingId: string;
  @RecordReferenceColumn() entryId: string;
  @ManyToOne(() => LedgerEntry, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'entry_id' })
  entry: Relation<LedgerEntry>;
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform>;
  @Index()
  @RecordReferenceColumn({ nullable: true })
  lotId: string | null;
  @ManyToOne(() => BalanceLot, { nullable: true, createForeignKeyConstraints: false })
  @JoinColumn({ name: 'lot_id' })
  lot: Relation<BalanceLot> | null;
  @MoneyColumn() amountHao: number;
  /** What the money was for: an order, a hold; what comes back for it goes to the same lots. */
  @Index() @Column({ type: 'varchar', length: 110 }) subject: string;
}
