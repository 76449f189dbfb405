import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { REPLENISHMENT_STATUSES, type ReplenishmentStatus } from './replenish-status.js';

/** One purchase of cards for our own stock, from the crossing of the line to its end. */
@Entity('replenishments')
@Index('uq_replenishments_open', ['productId'], {
  unique: true,
  where: `"status" IN ('awaiting-approval', 'buying')`,
})
export class Replenishment extends RecordEntity {
  @Index() @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  @EnumColumn(REPLENISHMENT_STATUSES) status: ReplenishmentStatus;
  @Column({ type: 'int' }) wantedCount: number;
  @Column({ type: 'int', default: 0 }) boughtCount: number;
  /** What it may cost, and what it has cost. */
  @MoneyColumn() budgetHao: number;
  @MoneyColumn({ default: 0 }) spentHao: number;
  /** Figures that led to it: stock, sales an hour, hours left. */
  @Column({ type: 'jsonb', default: () => "'{}'" }) reasons: Record<string, string | number | null>;
  @Column({ type: 'varchar', length: 120 }) askedBy: string;
  @Column({ type: 'varchar', length: 120, nullable: true }) approvedBy: string | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
}
