import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import { PERIOD_STATUSES, type PeriodStatus } from './period.js';

/** A month of the books. Nothing is posted into a closed one: what comes late is posted now and says when it was. */
@Entity('ledger_periods')
@Check('ck_ledger_periods_closed', `("status" = 'closed') = ("closed_at" IS NOT NULL)`)
export class LedgerPeriod extends MasterEntity {
  /** `2026-11`. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 7 }) month: string;
  @InstantColumn() startsAt: Date;
  @InstantColumn() endsAt: Date;
  @EnumColumn(PERIOD_STATUSES, { default: 'open' }) status: PeriodStatus;
  @InstantColumn({ nullable: true }) closedAt: Date | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) closedBy: string | null;
  /** What stood on each account at its end, as it was when it was closed: code and hao. */
  @Column({ type: 'jsonb', nullable: true }) balances: Record<string, string> | null;
}
