import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, ReferenceColumn } from '../database/columns.js';
import { CardBatch } from './card-batch.entity.js';

/** A card in the vault: written once at import and never changed; where it is, the queue and the deliveries tell. */
@Entity('cards')
export class Card extends RecordEntity {
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'product_id' })
  product: Relation<Product>;
  @Index() @ReferenceColumn() batchId: string;
  @ManyToOne(() => CardBatch, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'batch_id' })
  batch: Relation<CardBatch>;
  /** Number and password, encrypted with the batch's data key. */
  @Column({ type: 'bytea', select: false }) sealed: Buffer;
  /** Keyed fingerprint of the number: finds duplicates and exact searches without the number. */
  @Index({ unique: true }) @Column({ type: 'bytea', select: false }) fingerprint: Buffer;
  /** Last day of sale; `infinity` is stored in the queue where there is none. */
  @Column({ type: 'date', nullable: true }) expiresOn: string | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
}
