import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import { Platform } from '../platform/platform.entity.js';
import { HOLD_REASONS, type HoldReason } from './hold.js';
import { RISK_CASE_STATUSES, type RiskCaseStatus } from './risk-case.js';

/** A held order that a person decides about, once. */
@Entity('risk_cases')
@Index('ix_risk_cases_open', ['dueAt'], { where: `"status" = 'open'` })
@Check('ck_risk_cases_decided', `("status" = 'open') = ("decided_at" IS NULL)`)
@Check(
  'ck_risk_cases_four_eyes',
  `"status" NOT IN ('released', 'refused') OR ("decided_by" IS NOT NULL AND (lower("decided_by") <> lower("raised_by") OR "decided_by" = 'system'))`,
)
export class RiskCase extends RecordEntity {
  @Index({ unique: true }) @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform>;
  @Column({ type: 'varchar', length: 64, nullable: true }) customerNo: string | null;
  @MoneyColumn() amountHao: number;
  @EnumColumn(HOLD_REASONS) holdReason: HoldReason;
  /** The watch that held it; null where the amount did. */
  @RecordReferenceColumn({ nullable: true }) watchId: string | null;
  /** A person's address, or `system`. */
  @Column({ type: 'varchar', length: 120 }) raisedBy: string;
  @EnumColumn(RISK_CASE_STATUSES, { default: 'open' }) status: RiskCaseStatus;
  @InstantColumn() openedAt: Date;
  @Index() @InstantColumn() dueAt: Date;
  @Column({ type: 'varchar', length: 120, nullable: true }) decidedBy: string | null;
  @InstantColumn({ nullable: true }) decidedAt: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) decisionReason: string | null;
}
