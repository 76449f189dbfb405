import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { PAYMENT_SOURCES, type PaymentSource } from './statement-kinds.js';
import { Statement } from './statement.entity.js';

/** Money that a platform has paid on a statement. */
@Entity('statement_payments')
@Check('ck_statement_payments_amount_hao', '"amount_hao" > 0')
export class StatementPayment extends MasterEntity {
  @Index() @ReferenceColumn() statementId: string;
  @ManyToOne(() => Statement) @JoinColumn({ name: 'statement_id' }) statement: Relation<Statement>;
  @MoneyColumn() amountHao: number;
  @EnumColumn(PAYMENT_SOURCES) source: PaymentSource;
  /** The bank's own number of the payment: it counts once. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 60 }) bankReference: string;
  @Column({ type: 'date' }) receivedOn: string;
  @Column({ type: 'varchar', length: 200, nullable: true }) note: string | null;
  @Column({ type: 'varchar', length: 120 }) recordedBy: string;
  /** When money that was on its way has arrived at the bank. */
  @InstantColumn({ nullable: true }) arrivedAt: Date | null;
}
