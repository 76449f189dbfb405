import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { LedgerEntry } from '../money/ledger-entry.entity.js';
import { ENTRY_KINDS, type EntryKind } from '../money/posting.js';
import { Order } from '../order/order.entity.js';
import { Statement } from './statement.entity.js';

/** One posting on the platform's balance, on the one statement that tells of it. */
@Entity('statement_lines')
@Index(['statementId', 'id'])
export class StatementLine extends RecordEntity {
  @ReferenceColumn() statementId: string;
  @ManyToOne(() => Statement) @JoinColumn({ name: 'statement_id' }) statement: Relation<Statement>;
  @Index({ unique: true }) @RecordReferenceColumn() postingId: string;
  @RecordReferenceColumn() entryId: string;
  @ManyToOne(() => LedgerEntry, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'entry_id' })
  entry: Relation<LedgerEntry>;
  /** Not a CHECK: kinds come from the ledger, which has one. */
  @Column({ type: 'varchar', length: 40, enum: [...ENTRY_KINDS] }) kind: EntryKind;
  @Index() @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order> | null;
  /** The change of the balance: a purchase is negative. */
  @MoneyColumn() amountHao: number;
  @InstantColumn() postedAt: Date;
}
