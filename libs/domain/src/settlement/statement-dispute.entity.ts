import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import { DISPUTE_STATUSES, type DisputeStatus } from './statement-kinds.js';
import { Statement } from './statement.entity.js';

/** What a platform does not agree with. While it is open its amount is held back. */
@Entity('statement_disputes')
@Check('ck_statement_disputes_amount_hao', '"amount_hao" > 0')
@Check('ck_statement_disputes_conceded_hao', '"conceded_hao" BETWEEN 0 AND "amount_hao"')
export class StatementDispute extends MasterEntity {
  @Index() @ReferenceColumn() statementId: string;
  @ManyToOne(() => Statement) @JoinColumn({ name: 'statement_id' }) statement: Relation<Statement>;
  @EnumColumn(DISPUTE_STATUSES, { default: 'open' }) status: DisputeStatus;
  @MoneyColumn() amountHao: number;
  @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order> | null;
  @Column({ type: 'varchar', length: 500 }) reason: string;
  @Column({ type: 'varchar', length: 120 }) openedBy: string;
  /** What we gave in: it was taken off the statement and credited to the platform. */
  @MoneyColumn({ default: 0 }) concededHao: number;
  @Column({ type: 'varchar', length: 500, nullable: true }) resolution: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) resolvedBy: string | null;
  @InstantColumn({ nullable: true }) resolvedAt: Date | null;
}
