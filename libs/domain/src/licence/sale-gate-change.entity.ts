import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, ReferenceColumn } from '../database/columns.js';
import type { GateLack } from './sale-gate.js';

/** What a gate said from a moment on. Append-only: it tells later whether a sale was allowed. */
@Entity('sale_gate_changes')
@Index(['productId', 'createdAt'])
export class SaleGateChange extends RecordEntity {
  @ReferenceColumn() productId: string;
  @ReferenceColumn({ nullable: true }) platformId: string | null;
  /** False: nothing was required any more. */
  @Column({ type: 'boolean', default: true }) isRequired: boolean;
  @Column({ type: 'date', nullable: true }) sellUntil: string | null;
  @InstantColumn({ nullable: true }) overrideUntil: Date | null;
  @Column({ type: 'jsonb', default: () => "'[]'" }) lacks: GateLack[];
  @InstantColumn() createdAt: Date;
}
