import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { CREDIT_STAGES, type CreditStage } from '../credit/credit-band.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { Supplier } from '../supply/supplier.entity.js';
import { ACCOUNT_KINDS, type AccountKind } from './posting.js';

/**
 * An account of the ledger. Only accounts with a floor keep a cached balance (it is their lock, too); a cached balance on
 * a shared account such as revenue would make one queue of all orders.
 */
@Entity('ledger_accounts')
@Index('ix_ledger_accounts_kind_platform_id', ['kind', 'platformId'], {
  unique: true,
  where: `"platform_id" IS NOT NULL`,
})
@Check('ck_ledger_accounts_floor', '"floor_hao" IS NULL OR "balance_hao" >= "floor_hao"')
@Check(
  'ck_ledger_accounts_order_floor',
  '"order_floor_hao" IS NULL OR "order_floor_hao" >= "floor_hao"',
)
@Check('ck_ledger_accounts_cache', '("floor_hao" IS NULL) = ("balance_hao" IS NULL)')
export class LedgerAccount extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) code: string;
  @EnumColumn(ACCOUNT_KINDS) kind: AccountKind;
  @Index({ unique: true, where: `"kind" = 'platform-balance'` })
  @ReferenceColumn({ nullable: true })
  platformId: string | null;
  @ManyToOne(() => Platform, { nullable: true })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  /** Whose account with a supplier it is; exists once per supplier. */
  @Index({ unique: true, where: `"kind" = 'supplier-balance'` })
  @ReferenceColumn({ nullable: true })
  supplierId: string | null;
  @ManyToOne(() => Supplier, { nullable: true })
  @JoinColumn({ name: 'supplier_id' })
  supplier: Relation<Supplier> | null;
  /** In the account's own direction: a platform's balance is positive when we owe it. */
  @MoneyColumn({ nullable: true }) balanceHao: number | null;
  @MoneyColumn({ nullable: true }) floorHao: number | null;
  /** How low orders may take it now, where that is not as low as its floor: credit was cut while it was in use. */
  @MoneyColumn({ nullable: true }) orderFloorHao: number | null;
  /** What an overdue platform may still do; read with the balance when it orders. */
  @EnumColumn(CREDIT_STAGES, { default: 'open' }) creditStage: CreditStage;
}
