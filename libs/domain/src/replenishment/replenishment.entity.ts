import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import {
  OPEN_REPLENISHMENTS_SQL,
  REPLENISHMENT_CAUSES,
  REPLENISHMENT_STATUSES,
  type ReplenishmentCause,
  type ReplenishmentStatus,
} from './replenishment-status.js';

/** One purchase of stock: how much is wanted, for how much at most, and what has come of it. One of a product at a time. */
@Entity('replenishments')
@Index('ix_replenishments_product', ['productId', 'runNo'], { unique: true })
@Index('uq_replenishments_open', ['productId'], {
  unique: true,
  where: `"status" IN ${OPEN_REPLENISHMENTS_SQL}`,
})
@Check(
  'ck_replenishments_amounts',
  '"quantity" >= 1 AND "lot_size" >= 1 AND "max_cost_hao" >= 0 AND "budget_hao" >= 0',
)
export class Replenishment extends RecordEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 80 }) replenishmentNo: string;
  @ReferenceColumn() productId: string;
  @ManyToOne(() => Product) @JoinColumn({ name: 'product_id' }) product: Relation<Product>;
  /** The how many-th of its product. */
  @Column({ type: 'int' }) runNo: number;
  @EnumColumn(REPLENISHMENT_CAUSES) cause: ReplenishmentCause;
  @EnumColumn(REPLENISHMENT_STATUSES) status: ReplenishmentStatus;
  @Column({ type: 'int' }) quantity: number;
  /** Stock at which nothing more is wanted, whoever brought it; null where a person named a quantity. */
  @Column({ type: 'int', nullable: true }) stockTarget: number | null;
  /** The most that is asked of a supplier at once. */
  @Column({ type: 'int' }) lotSize: number;
  /** The most that one piece may cost. */
  @MoneyColumn() maxCostHao: number;
  /** The most that all of it may cost. */
  @MoneyColumn() budgetHao: number;
  @Column({ type: 'int', default: 0 }) receivedQuantity: number;
  @MoneyColumn({ default: 0 }) paidHao: number;
  /** How long the stock would have lasted when it was asked for. */
  @Column({ type: 'float8', nullable: true }) hoursLeft: number | null;
  /** Rounds through all sources in which none could sell. */
  @Column({ type: 'int', default: 0 }) round: number;
  @Column({ type: 'varchar', length: 160 }) askedBy: string;
  @Column({ type: 'varchar', length: 500, nullable: true }) reason: string | null;
  @InstantColumn({ nullable: true }) cancelAskedAt: Date | null;
  /** Nothing is begun after it. */
  @InstantColumn() deadlineAt: Date;
  @InstantColumn({ nullable: true }) endedAt: Date | null;
  @Column({ type: 'int', default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
  @InstantColumn({ default: () => 'now()' }) updatedAt: Date;
}
