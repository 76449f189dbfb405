import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import { Platform } from '../platform/platform.entity.js';
import { Attempt } from '../supply/attempt.entity.js';
import { Supplier } from '../supply/supplier.entity.js';
import {
  CLOCK_KINDS,
  COMPLAINT_CATEGORIES,
  COMPLAINT_SEVERITIES,
  COMPLAINT_SOURCES,
  COMPLAINT_STATUSES,
  RESOLUTION_CODES,
  type ClockKind,
  type ComplaintCategory,
  type ComplaintSeverity,
  type ComplaintSource,
  type ComplaintStatus,
  type ResolutionCode,
} from './complaint-kind.js';
import { SlaPolicyVersion } from './sla-policy-version.entity.js';

const OPEN = `"status" NOT IN ('solved', 'withdrawn')`;

/** A complaint as it stands: everything but who it is from and what it is about follows from its events. */
@Entity('complaints')
@Index('uq_complaints_merchant_no', ['platformId', 'merchantComplaintNo'], {
  unique: true,
  where: `"merchant_complaint_no" IS NOT NULL`,
})
@Index('ix_complaints_next_at', ['nextAt'], { where: `"next_at" IS NOT NULL` })
@Index('ix_complaints_open_due', ['dueAt', 'id'], { where: OPEN })
@Index('ix_complaints_open_assignee', ['assignee', 'dueAt'], { where: OPEN })
@Index(['platformId', 'id'])
@Index('ix_complaints_order', ['orderId'], { where: `"order_id" IS NOT NULL` })
@Index(['receivedAt'])
export class Complaint extends RecordEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 40 }) complaintNo: string;
  @EnumColumn(COMPLAINT_SOURCES) source: ComplaintSource;
  @ReferenceColumn({ nullable: true }) platformId: string | null;
  @ManyToOne(() => Platform, { nullable: true })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform> | null;
  /** The platform's own number of it: sent again it is the same complaint. */
  @Column({ type: 'varchar', length: 64, nullable: true }) merchantComplaintNo: string | null;
  /** SHA-256 of the content, in hex. */
  @Column({ type: 'varchar', length: 64, nullable: true }) fingerprint: string | null;
  @EnumColumn(COMPLAINT_CATEGORIES) category: ComplaintCategory;
  @EnumColumn(COMPLAINT_SEVERITIES) severity: ComplaintSeverity;
  @EnumColumn(COMPLAINT_STATUSES) status: ComplaintStatus;
  /** The beginning of its first message. */
  @Column({ type: 'varchar', length: 200 }) summary: string;
  @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order> | null;
  /** 0 is the order as a whole. */
  @Column({ type: 'int', default: 0 }) unitNo: number;
  @ReferenceColumn({ nullable: true }) productId: string | null;
  @ManyToOne(() => Product, { nullable: true })
  @JoinColumn({ name: 'product_id' })
  product: Relation<Product> | null;
  /** The attempt that brought the unit; null where it came from stock. */
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @ManyToOne(() => Attempt, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'attempt_id' })
  attempt: Relation<Attempt> | null;
  @ReferenceColumn({ nullable: true }) supplierId: string | null;
  @ManyToOne(() => Supplier, { nullable: true })
  @JoinColumn({ name: 'supplier_id' })
  supplier: Relation<Supplier> | null;
  @Column({ type: 'varchar', length: 64, nullable: true }) customerNo: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) contact: string | null;
  @Column({ type: 'boolean', default: false }) isVip: boolean;
  @ReferenceColumn() policyId: string;
  @ManyToOne(() => SlaPolicyVersion)
  @JoinColumn({ name: 'policy_id' })
  policy: Relation<SlaPolicyVersion>;
  /** When the channel received it: here its clocks begin. */
  @InstantColumn() receivedAt: Date;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
  @Column({ type: 'varchar', length: 120, nullable: true }) assignee: string | null;
  @InstantColumn({ nullable: true }) assignedAt: Date | null;
  @Column({ type: 'int', default: 1 }) cycleNo: number;
  /** The first thing due to the complainant: an answer, then a solution. Null when all has stopped. */
  @InstantColumn({ nullable: true }) dueAt: Date | null;
  @EnumColumn(CLOCK_KINDS, { nullable: true }) dueKind: ClockKind | null;
  @InstantColumn({ nullable: true }) ackedAt: Date | null;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
  @EnumColumn(RESOLUTION_CODES, { nullable: true }) resolutionCode: ResolutionCode | null;
  /** A promise to the complainant was broken in one of its cycles. */
  @Column({ type: 'boolean', default: false }) isBreached: boolean;
  /** The deadline of an authority or of the platform. */
  @InstantColumn({ nullable: true }) deadlineAt: Date | null;
  /** The older complaint that it continues. */
  @RecordReferenceColumn({ nullable: true }) parentId: string | null;
  @ManyToOne(() => Complaint, { nullable: true })
  @JoinColumn({ name: 'parent_id' })
  parent: Relation<Complaint> | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) callbackUrl: string | null;
  /** When the clocks next have something to do; null where nothing is due any more. */
  @InstantColumn({ nullable: true }) nextAt: Date | null;
  @Column({ type: 'int', default: 1 }) version: number;
}
