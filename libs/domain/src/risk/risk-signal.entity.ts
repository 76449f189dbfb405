import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { RISK_SIGNAL_KINDS, type RiskSignalKind } from './risk-rule.js';
import { RISK_SIGNAL_STATUSES, type RiskSignalStatus } from './risk-signal.js';

/** A rule has fired: what it saw, in which window, and the orders behind it. A reason to look, never a verdict. */
@Entity('risk_signals')
@Index('ix_risk_signals_open', ['kind', 'platformId', 'subject'], {
  unique: true,
  where: `"status" = 'open'`,
})
@Check('ck_risk_signals_decided', `("status" = 'open') = ("decided_at" IS NULL)`)
export class RiskSignal extends RecordEntity {
  @EnumColumn(RISK_SIGNAL_KINDS) kind: RiskSignalKind;
  /** Of the rule that fired. */
  @Column({ type: 'int' }) revision: number;
  @Index() @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  /** The customer's number; empty is the platform itself. */
  @Column({ type: 'varchar', length: 64, default: '' }) subject: string;
  @InstantColumn() windowFrom: Date;
  @InstantColumn() windowTo: Date;
  @Column({ type: 'int' }) orderCount: number;
  @MoneyColumn() amountHao: number;
  /** What else the rule saw, and the limits it was measured by. */
  @Column({ type: 'jsonb' }) figures: Record<string, number | string>;
  /** The newest orders behind it. */
  @Column({ type: 'bigint', array: true, default: () => "'{}'" }) orderIds: string[];
  @EnumColumn(RISK_SIGNAL_STATUSES, { default: 'open' }) status: RiskSignalStatus;
  @InstantColumn() raisedAt: Date;
  @Column({ type: 'varchar', length: 120, nullable: true }) decidedBy: string | null;
  @Index() @InstantColumn({ nullable: true }) decidedAt: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) decisionReason: string | null;
}
