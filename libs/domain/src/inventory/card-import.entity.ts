import { Column, Entity, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, ReferenceColumn } from '../database/columns.js';
import { CardBatch } from './card-batch.entity.js';
import { IMPORT_STATUSES, type ImportStatus } from './import-status.js';

/** One hand-in of a card file: its progress, its result, and why lines were refused. */
@Entity('card_imports')
export class CardImport extends MasterEntity {
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @ReferenceColumn({ nullable: true }) batchId: string | null;
  @ManyToOne(() => CardBatch, { nullable: true })
  @JoinColumn({ name: 'batch_id' })
  batch: Relation<CardBatch> | null;
  @Column({ type: 'varchar', length: 200 }) fileName: string;
  @EnumColumn(IMPORT_STATUSES, { default: 'running' }) status: ImportStatus;
  @Column({ type: 'int', default: 0 }) readCount: number;
  @Column({ type: 'int', default: 0 }) importedCount: number;
  @Column({ type: 'int', default: 0 }) refusedCount: number;
  @Column({ type: 'varchar', length: 80, nullable: true }) failCode: string | null;
  @Column({ type: 'varchar', length: 120 }) startedBy: string;
  @InstantColumn({ nullable: true }) finishedAt: Date | null;
}
