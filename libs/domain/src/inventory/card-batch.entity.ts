import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { ReferenceColumn } from '../database/columns.js';

/** Cards that came in together. They share one data key, which the master key wraps. */
@Entity('card_batches')
export class CardBatch extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 40 }) batchNo: string;
  @Column({ type: 'varchar', length: 120 }) name: string;
  @Index() @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @Column({ type: 'int', default: 0 }) importedCount: number;
  @Column({ type: 'bytea', select: false }) dataKeySealed: Buffer;
}
