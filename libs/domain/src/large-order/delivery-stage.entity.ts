import {
  BaseEntity,
  Check,
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
} from '../database/columns.js';
import { LargeOrder } from './large-order.entity.js';
import { STAGE_STATUSES, type StageStatus } from './large-order-phase.js';

/** One stage of a large order: so many units, let go only when the money for them has cleared. */
@Entity('delivery_stages')
@Check('ck_delivery_stages_id', '"id" = "order_id" * 64 + "stage_no"')
@Check('ck_delivery_stages_prepaid', '"prepaid_hao" BETWEEN 0 AND "amount_hao"')
export class DeliveryStage extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) id: string;
  @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => LargeOrder, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  largeOrder: Relation<LargeOrder>;
  @Column({ type: 'int' }) stageNo: number;
  @Column({ type: 'int' }) quantity: number;
  @MoneyColumn() amountHao: number;
  @MoneyColumn() prepaidHao: number;
  @EnumColumn(STAGE_STATUSES) status: StageStatus;
  @InstantColumn({ nullable: true }) dueAt: Date | null;
  @InstantColumn({ nullable: true }) releasedAt: Date | null;
  @InstantColumn({ nullable: true }) deliveredAt: Date | null;
  @InstantColumn({ nullable: true }) acceptedAt: Date | null;
  /** Who accepted it: the platform's code, a staff member's address, or the clock. */
  @Column({ type: 'varchar', length: 120, nullable: true }) acceptedBy: string | null;
}
