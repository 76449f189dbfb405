import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, ReferenceColumn } from '../database/columns.js';
import type { GateLack } from './sale-gate.js';
import { STOP_ENDS, type StopEnd } from './stop-end.js';

/** A product that was taken off sale for want of a licence, and how that ended. */
@Entity('sale_stops')
@Index('uq_sale_stops_open', ['productId'], { unique: true, where: `"ended_at" IS NULL` })
export class SaleStop extends RecordEntity {
  @Index() @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @Column({ type: 'jsonb', default: () => "'[]'" }) lacks: GateLack[];
  @InstantColumn() stoppedAt: Date;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
  @EnumColumn(STOP_ENDS, { nullable: true }) endedHow: StopEnd | null;
}
