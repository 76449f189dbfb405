import {
  BaseEntity,
  Check,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { InstantColumn, MoneyColumn, RecordReferenceColumn } from '../database/columns.js';
import { LedgerAccount } from './ledger-account.entity.js';

/** How far the postings of a platform's balance have been spread over its lots. */
@Entity('lot_positions')
@Check('ck_lot_positions_owed', '"owed_hao" >= 0')
export class LotPosition extends BaseEntity {
  @PrimaryColumn({ type: 'uuid' }) accountId: string;
  @ManyToOne(() => LedgerAccount)
  @JoinColumn({ name: 'account_id' })
  account: Relation<LedgerAccount>;
  /** All postings up to this one are spread for certain; later ones may be. */
  @RecordReferenceColumn({ default: 0 }) settledPostingId: string;
  /** What the platform has spent beyond its lots. */
  @MoneyColumn({ default: 0 }) owedHao: number;
  @InstantColumn() spreadAt: Date;
}
