import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { SettlementAgreement } from './settlement-agreement.entity.js';
import { STATEMENT_STATUSES, type StatementStatus } from './statement-status.js';

/** What a platform's balance did in a period, and what it owes for it. Amounts are changes of the balance: purchases are negative. */
@Entity('statements')
@Index(['platformId', 'periodKey'], { unique: true })
@Index(['platformId', 'periodTo'])
@Index('ix_statements_next_at', ['nextAt'], { where: `"next_at" IS NOT NULL` })
@Check(
  'ck_statements_closing_hao',
  '"closing_hao" = "opening_hao" + "orders_hao" + "refunds_hao" + "compensation_hao" + "fees_hao" + "top_ups_hao" + "payments_hao" + "others_hao"',
)
@Check(
  'ck_statements_outstanding_hao',
  '"outstanding_hao" = "due_hao" + "adjusted_hao" - "paid_hao" - "written_off_hao"',
)
@Check(
  'ck_statements_not_overpaid',
  '"outstanding_hao" >= 0 AND "held_hao" BETWEEN 0 AND "due_hao"',
)
export class Statement extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) statementNo: string;
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  @ReferenceColumn() agreementId: string;
  @ManyToOne(() => SettlementAgreement)
  @JoinColumn({ name: 'agreement_id' })
  agreement: Relation<SettlementAgreement>;
  @Column({ type: 'varchar', length: 20 }) periodKey: string;
  @Column({ type: 'date' }) periodFrom: string;
  @Column({ type: 'date' }) periodTo: string;
  @InstantColumn() startsAt: Date;
  @InstantColumn() endsAt: Date;
  @EnumColumn(STATEMENT_STATUSES) status: StatementStatus;
  @MoneyColumn() openingHao: number;
  @MoneyColumn() ordersHao: number;
  @MoneyColumn() refundsHao: number;
  @MoneyColumn() compensationHao: number;
  @MoneyColumn() feesHao: number;
  @MoneyColumn() topUpsHao: number;
  @MoneyColumn() paymentsHao: number;
  @MoneyColumn() othersHao: number;
  @MoneyColumn() closingHao: number;
  @Column({ type: 'int' }) lineCount: number;
  /** What the platform is asked to pay. */
  @MoneyColumn() dueHao: number;
  /** What disputes have changed about it. */
  @MoneyColumn({ default: 0 }) adjustedHao: number;
  @MoneyColumn({ default: 0 }) paidHao: number;
  @MoneyColumn({ default: 0 }) writtenOffHao: number;
  @MoneyColumn() outstandingHao: number;
  /** What open disputes hold back. */
  @MoneyColumn({ default: 0 }) heldHao: number;
  @Column({ type: 'date', nullable: true }) dueOn: string | null;
  /** The calendar was not announced so far: it is a guess. */
  @Column({ type: 'boolean', default: false }) isDueEstimated: boolean;
  /** Nothing is late before this day is over. */
  @Column({ type: 'date', nullable: true }) latestDueOn: string | null;
  @InstantColumn({ nullable: true }) issuedAt: Date | null;
  @InstantColumn({ nullable: true }) confirmedAt: Date | null;
  @InstantColumn({ nullable: true }) settledAt: Date | null;
  /** When its run looks at it again. */
  @InstantColumn({ nullable: true }) nextAt: Date | null;
}
