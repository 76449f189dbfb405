import { BaseEntity, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { EnumColumn, InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { Card } from '../inventory/card.entity.js';
import { Order } from '../order/order.entity.js';
import { COMPENSATION_CAUSES, type CompensationCause } from './compensation-kind.js';
import { Compensation } from './compensation.entity.js';

/** A delivered card that proved bad. Its delivery stays what it was; its batch still adds up. */
@Entity('bad_cards')
export class BadCard extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) cardId: string;
  @ManyToOne(() => Card, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'card_id' })
  card: Relation<Card>;
  @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @RecordReferenceColumn() compensationId: string;
  @ManyToOne(() => Compensation, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'compensation_id' })
  compensation: Relation<Compensation>;
  @EnumColumn(COMPENSATION_CAUSES) cause: CompensationCause;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
}
