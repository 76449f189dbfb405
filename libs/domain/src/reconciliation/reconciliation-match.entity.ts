import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { ExternalLine } from './external-line.entity.js';
import {
  MATCH_STEPS,
  MATCH_STATUSES,
  type MatchPass,
  type MatchStatus,
  OUR_KINDS,
  type OurKind,
} from './reconciliation-lists.js';
import { StatementParty } from './statement-party.entity.js';

/** A line and what it was matched with, mostly one entry. Either is used once: the database refuses a second use. */
@Entity('reconciliation_matches')
@Index('uq_reconciliation_matches_line', ['lineId'], {
  unique: true,
  where: `"line_id" IS NOT NULL AND "status" <> 'refused' AND "pass" <> 'together'`,
})
@Index('uq_reconciliation_matches_ours', ['ourKind', 'ourKey'], {
  unique: true,
  where: `"status" <> 'refused'`,
})
@Check('ck_reconciliation_matches_two', `"line_id" IS NOT NULL OR "pass" = 'pair'`)
export class ReconciliationMatch extends RecordEntity {
  @Index() @ReferenceColumn() partyId: string;
  @ManyToOne(() => StatementParty, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'party_id' })
  party: Relation<StatementParty>;
  /** Null where two entries of ours cancel each other out and they do not speak of either. */
  @RecordReferenceColumn({ nullable: true }) lineId: string | null;
  @ManyToOne(() => ExternalLine, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'line_id' })
  line: Relation<ExternalLine> | null;
  @EnumColumn(OUR_KINDS) ourKind: OurKind;
  /** The id of the entry or of the other line. */
  @RecordReferenceColumn() ourKey: string;
  @RecordReferenceColumn({ nullable: true }) orderId: string | null;
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @EnumColumn(MATCH_STEPS) pass: MatchPass;
  @EnumColumn(MATCH_STATUSES, { default: 'sure' }) status: MatchStatus;
  /** What was booked to rounding, in our favour above zero. */
  @MoneyColumn({ default: 0 }) roundingHao: number;
  @Column({ type: 'varchar', length: 120, nullable: true }) decidedBy: string | null;
  @InstantColumn() createdAt: Date;
}
