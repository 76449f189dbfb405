import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn } from '../database/columns.js';
import type { BanWindow } from './ban-window.js';
import {
  GUARD_MEANINGS,
  SUPPLIER_STATUSES,
  type GuardMeaning,
  type SupplierStatus,
} from './supplier-status.js';

/** Somebody we buy from over one of the known protocols. */
@Entity('suppliers')
@Check(
  'ck_suppliers_limits',
  '"concurrency_max" BETWEEN 1 AND 500 AND "reply_timeout_seconds" BETWEEN 1 AND 300',
)
@Check('ck_suppliers_rates', '"creates_per_second" > 0 AND "queries_per_second" > 0')
export class Supplier extends MasterEntity {
  /** Names its task queue and the address of its notifications; never changed. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 40 }) code: string;
  @Column({ type: 'varchar', length: 120 }) name: string;
  /** A name of the protocol registry. */
  @Column({ type: 'varchar', length: 40 }) protocol: string;
  @Column({ type: 'varchar', length: 300 }) baseUrl: string;
  /** Our account number or app id at the supplier. */
  @Column({ type: 'varchar', length: 120 }) account: string;
  /** Signs our calls and its notifications; encrypted with the master key. */
  @Column({ type: 'bytea', select: false, nullable: true }) secretSealed: Buffer | null;
  @EnumColumn(SUPPLIER_STATUSES, { default: 'active' }) status: SupplierStatus;
  /** A sandbox may be called over http and on loopback. */
  @Column({ type: 'boolean', default: false }) isSandbox: boolean;
  /** What the price guard means here, where it differs from the protocol's habit. */
  @EnumColumn(GUARD_MEANINGS, { nullable: true }) guardMeaning: GuardMeaning | null;
  /** Submissions a second; null takes the protocol's limit. */
  @Column({ type: 'float8', nullable: true }) createsPerSecond: number | null;
  @Column({ type: 'float8', nullable: true }) queriesPerSecond: number | null;
  /** Calls at the same time, over all workers' processes each. */
  @Column({ type: 'int', default: 20 }) concurrencyMax: number;
  @Column({ type: 'int', default: 30 }) replyTimeoutSeconds: number;
  /** How old an order must be before "not found" counts; null takes the protocol's, never less than 3 minutes. */
  @Column({ type: 'int', nullable: true }) notFoundGraceSeconds: number | null;
  /** Below this nothing is bought here; null is no guard. */
  @MoneyColumn({ nullable: true }) balanceFloorHao: number | null;
  /** What the supplier last said our balance is. */
  @MoneyColumn({ nullable: true }) balanceHao: number | null;
  @InstantColumn({ nullable: true }) balanceReadAt: Date | null;
  /** When balance and products are read next. */
  @InstantColumn({ default: () => 'now()' }) balanceDueAt: Date;
  @InstantColumn({ default: () => 'now()' }) productsDueAt: Date;
  /** Why the last reading failed; null where it did not. */
  @Column({ type: 'varchar', length: 200, nullable: true }) readFault: string | null;
  @Column({ type: 'jsonb', default: () => "'[]'" }) banWindows: BanWindow[];
}
