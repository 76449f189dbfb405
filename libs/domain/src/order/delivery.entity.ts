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
import { InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { Card } from '../inventory/card.entity.js';
import { Order } from './order.entity.js';

/** The fact that a unit was delivered, with the card it got. The key is the unit's, the card is unique: neither can happen twice. */
@Entity('deliveries')
@Check('ck_deliveries_unit_id', '"unit_id" = "order_id" * 16384 + "unit_no"')
export class Delivery extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) unitId: string;
  @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @Column({ type: 'int' }) unitNo: number;
  @Index({ unique: true }) @RecordReferenceColumn({ nullable: true }) cardId: string | null;
  @ManyToOne(() => Card, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'card_id' })
  card: Relation<Card> | null;
  /** The attempt that brought it; null where it came from stock. */
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @InstantColumn() deliveredAt: Date;
}
