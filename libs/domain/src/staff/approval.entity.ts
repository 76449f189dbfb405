import { Check, Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn } from '../database/columns.js';
import {
  APPROVAL_KINDS,
  APPROVAL_STATUSES,
  type ApprovalKind,
  type ApprovalStatus,
} from './approval.js';

/** An act that waits for a second person. Once decided it never changes. */
@Entity('approvals')
@Index('ix_approvals_open', ['expiresAt'], { where: `"status" = 'asked'` })
@Check(
  'ck_approvals_four_eyes',
  `"status" NOT IN ('approved', 'refused') OR ("decided_by" IS NOT NULL AND lower("decided_by") <> lower("asked_by"))`,
)
@Check('ck_approvals_decided', `("status" = 'asked') = ("decided_at" IS NULL)`)
export class Approval extends RecordEntity {
  /** Not a CHECK: nouns add kinds of their own without touching this table. */
  @Column({ type: 'varchar', length: 40, enum: [...APPROVAL_KINDS] }) kind: ApprovalKind;
  /** The key of the form: asked twice, it is one request; and what it does bears the same key. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) key: string;
  /** The record that it is about, as in the audit log. */
  @Column({ type: 'varchar', length: 60 }) resource: string;
  @Column({ type: 'varchar', length: 64 }) recordId: string;
  @Column({ type: 'jsonb' }) payload: Record<string, unknown>;
  @MoneyColumn({ nullable: true }) amountHao: number | null;
  @Column({ type: 'varchar', length: 500 }) reason: string;
  @EnumColumn(APPROVAL_STATUSES, { default: 'asked' }) status: ApprovalStatus;
  @Column({ type: 'varchar', length: 120 }) askedBy: string;
  @InstantColumn() askedAt: Date;
  @InstantColumn() expiresAt: Date;
  @Column({ type: 'varchar', length: 120, nullable: true }) decidedBy: string | null;
  @Index() @InstantColumn({ nullable: true }) decidedAt: Date | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) decisionReason: string | null;
}
