import {
  BaseEntity,
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { EnumColumn, RecordReferenceColumn } from '../database/columns.js';
import { Order } from './order.entity.js';
import { UNIT_STATUSES, type UnitStatus } from './unit-status.js';

/** One piece of an order. Its key is made of order and unit number, so that a second unit of that number cannot exist. */
@Entity('order_units')
@Index('ix_order_units_attempt', ['attemptId'], { where: `"attempt_id" IS NOT NULL` })
@Check('ck_order_units_id', '"id" = "order_id" * 16384 + "unit_no"')
export class OrderUnit extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) id: string;
  @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @Column({ type: 'int' }) unitNo: number;
  @EnumColumn(UNIT_STATUSES) status: UnitStatus;
  /** The attempt that has it now or had it last. */
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
}
