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
import { ReferenceColumn } from '../database/columns.js';
import { CardBatch } from './card-batch.entity.js';

/** The narrow queue of available cards, first-expiring first; a row is deleted when its card is delivered. */
@Entity('card_stock')
@Index(['productId', 'expiresOn', 'cardId'])
export class CardStock extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) cardId: string;
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'product_id' })
  product: Relation<Product>;
  @ReferenceColumn() batchId: string;
  @ManyToOne(() => CardBatch, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'batch_id' })
  batch: Relation<CardBatch>;
  @Column({ type: 'date', default: () => "'infinity'" }) expiresOn: string;
}
