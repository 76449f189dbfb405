import {
  BaseEntity,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { InstantColumn, RecordReferenceColumn, ReferenceColumn } from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import { CardBatch } from './card-batch.entity.js';

/** A card that is put aside for one order: out of the queue until it is delivered or goes back. */
@Entity('card_reservations')
export class CardReservation extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) cardId: string;
  @Index() @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'product_id' })
  product: Relation<Product>;
  @ReferenceColumn() batchId: string;
  @ManyToOne(() => CardBatch, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'batch_id' })
  batch: Relation<CardBatch>;
  @Column({ type: 'date', default: () => "'infinity'" }) expiresOn: string;
  /** When the card goes back into the queue, whatever becomes of the order. */
  @InstantColumn() reservedUntil: Date;
}
