import {
  BaseEntity,
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { MoneyColumn, RecordReferenceColumn, ReferenceColumn } from '../database/columns.js';
import { LedgerAccount } from './ledger-account.entity.js';
import { LedgerEntry } from './ledger-entry.entity.js';

/** One line of an entry: debit positive, credit negative. All lines of an entry are inserted by one statement and sum to zero. */
@Entity('ledger_postings')
@Check('ck_ledger_postings_id', '"id" = "entry_id" * 64 + "line_no"')
@Index(['accountId', 'id'])
@Check('ck_ledger_postings_amount_hao', '"amount_hao" <> 0')
export class LedgerPosting extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) id: string;
  @RecordReferenceColumn() entryId: string;
  @ManyToOne(() => LedgerEntry, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'entry_id' })
  entry: Relation<LedgerEntry>;
  @Column({ type: 'int' }) lineNo: number;
  @ReferenceColumn() accountId: string;
  @ManyToOne(() => LedgerAccount, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'account_id' })
  account: Relation<LedgerAccount>;
  @MoneyColumn() amountHao: number;
}
