import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Attempt } from './attempt.entity.js';
import { Supplier } from './supplier.entity.js';
import { WIRE_CALLS, WIRE_RESULTS, type WireCall, type WireResult } from './wire-record.js';

/** One exchange with a supplier as evidence: masked, so that it holds no secret, no card and no whole account. */
@Entity('wire_records')
@Index('ix_wire_records_attempt', ['attemptId', 'id'], { where: `"attempt_id" IS NOT NULL` })
export class WireRecord extends RecordEntity {
  @ReferenceColumn() supplierId: string;
  @ManyToOne(() => Supplier, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'supplier_id' })
  supplier: Relation<Supplier>;
  @RecordReferenceColumn({ nullable: true }) attemptId: string | null;
  @ManyToOne(() => Attempt, { createForeignKeyConstraints: false, nullable: true })
  @JoinColumn({ name: 'attempt_id' })
  attempt: Relation<Attempt> | null;
  @EnumColumn(WIRE_CALLS) call: WireCall;
  @EnumColumn(WIRE_RESULTS) result: WireResult;
  @Column({ type: 'varchar', length: 4_000 }) request: string;
  @Column({ type: 'varchar', length: 4_000, nullable: true }) reply: string | null;
  @Column({ type: 'int', nullable: true }) httpStatus: number | null;
  @Column({ type: 'int' }) durationMs: number;
  /** What was made of it, in a word: the outcome, the verdict, or why it was not sent. */
  @Column({ type: 'varchar', length: 200, nullable: true }) verdict: string | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
}
