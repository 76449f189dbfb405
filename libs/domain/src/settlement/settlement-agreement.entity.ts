import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { ROLL_RULES, TERM_KINDS, type RollRule, type TermKind } from '../calendar/work-calendar.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';
import { DUE_METHODS, type DueMethod } from './statement-amounts.js';
import {
  AGREEMENT_STATUSES,
  BASE_EVENTS,
  type AgreementStatus,
  type BaseEvent,
} from './statement-kinds.js';
import { SETTLEMENT_CYCLES, type SettlementCycle } from './settlement-period.js';

/** 资金安全保障协议: how and when a platform settles. What is agreed is never changed, only followed by a new version. */
@Entity('settlement_agreements')
@Index(['platformId', 'versionNo'], { unique: true })
@Index('ix_settlement_agreements_running', ['platformId'], {
  unique: true,
  where: `"status" = 'active' AND "valid_to" IS NULL`,
})
@Check('ck_settlement_agreements_term_days', '"term_days" BETWEEN 0 AND 366')
@Check('ck_settlement_agreements_cut_off_minutes', '"cut_off_minutes" BETWEEN 0 AND 1440')
@Check('ck_settlement_agreements_pay_weekday', '"pay_weekday" BETWEEN 1 AND 7')
@Check('ck_settlement_agreements_objection_days', '"objection_days" BETWEEN 0 AND 90')
@Check('ck_settlement_agreements_span', '"valid_to" IS NULL OR "valid_to" >= "valid_from" - 1')
@Check(
  'ck_settlement_agreements_four_eyes',
  `"status" = 'draft' OR ("approved_by" IS NOT NULL AND lower("approved_by") <> lower("created_by"))`,
)
export class SettlementAgreement extends MasterEntity {
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  @Column({ type: 'int', default: 1 }) versionNo: number;
  @EnumColumn(AGREEMENT_STATUSES, { default: 'draft' }) status: AgreementStatus;
  @Column({ type: 'date' }) validFrom: string;
  /** Last day; null while it runs. */
  @Column({ type: 'date', nullable: true }) validTo: string | null;
  @EnumColumn(SETTLEMENT_CYCLES) cycle: SettlementCycle;
  @EnumColumn(DUE_METHODS, { default: 'credit-used' }) dueMethod: DueMethod;
  @EnumColumn(TERM_KINDS) termKind: TermKind;
  @Column({ type: 'int' }) termDays: number;
  @EnumColumn(BASE_EVENTS, { default: 'period-end' }) baseEvent: BaseEvent;
  @EnumColumn(ROLL_RULES, { default: 'following' }) rollRule: RollRule;
  /** Monday is 1; null is any day. */
  @Column({ type: 'int', nullable: true }) payWeekday: number | null;
  /** Minutes after midnight at which a business day ends; 1440 is midnight. */
  @Column({ type: 'int', default: 1_440 }) cutOffMinutes: number;
  @Column({ type: 'varchar', length: 60, default: 'statutory' }) calendarId: string;
  /** After so many days without a word a statement counts as confirmed. */
  @Column({ type: 'int', default: 3 }) objectionDays: number;
  /** Days late on which the platform is reminded; empty is the standard: 1, 3, 7, 15, 30. */
  @Column({ type: 'int', array: true, default: () => "'{}'" }) dunningDays: number[];
  /** Whether a statement goes out without a person looking at its draft. */
  @Column({ type: 'boolean', default: true }) issuesItself: boolean;
  @Column({ type: 'varchar', length: 1_000, nullable: true }) breachTerms: string | null;
  /** Number or place of the signed document. */
  @Column({ type: 'varchar', length: 300, nullable: true }) documentRef: string | null;
  @Column({ type: 'varchar', length: 120, default: '' }) createdBy: string;
  @Column({ type: 'varchar', length: 120, nullable: true }) approvedBy: string | null;
}
