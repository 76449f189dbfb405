import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, ReferenceColumn } from '../database/columns.js';

/** How long the stock of a product lasts, as it was last measured. */
@Entity('stock_runways')
export class StockRunway extends RecordEntity {
  @Index({ unique: true }) @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @Column({ type: 'int' }) available: number;
  /** Pieces an hour. */
  @Column({ type: 'float8' }) perHour: number;
  @Index() @Column({ type: 'float8', nullable: true }) hoursLeft: number | null;
  /** The runway below which the stock is short; longer before and in a peak. */
  @Column({ type: 'int', default: 12 }) hoursMin: number;
  /** The pace that a peak asks for, which is near or going on; 0 without one. */
  @Column({ type: 'float8', default: 0 }) peakPerHour: number;
  @Column({ type: 'boolean', default: false }) isPeak: boolean;
  /** What was ordered in each of the last 24 hours, the last one first. */
  @Column({ type: 'int', array: true }) hourly: number[];
  @InstantColumn() measuredAt: Date;
}
