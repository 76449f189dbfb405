import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import {
  ACTOR_KINDS,
  ORDER_EVENT_TYPES,
  type ActorKind,
  type OrderEventType,
} from './order-event-type.js';
import { ORDER_STATUSES, type OrderStatus } from './order-status.js';
import { Order } from './order.entity.js';

/** One line of an order's timeline. Append-only; those with `toStatus` are the path through the state machine. */
@Entity('order_events')
export class OrderEvent extends RecordEntity {
  @Index() @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @EnumColumn(ORDER_EVENT_TYPES) type: OrderEventType;
  @EnumColumn(ORDER_STATUSES, { nullable: true }) fromStatus: OrderStatus | null;
  @EnumColumn(ORDER_STATUSES, { nullable: true }) toStatus: OrderStatus | null;
  @EnumColumn(ACTOR_KINDS) actorKind: ActorKind;
  @Column({ type: 'varchar', length: 120 }) actorName: string;
  @Column({ type: 'jsonb', nullable: true }) detail: Record<string, string | number | null> | null;
  @InstantColumn() createdAt: Date;
}
