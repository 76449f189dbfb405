import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, ReferenceColumn } from '../database/columns.js';
import { STATEMENT_EVENT_TYPES, type StatementEventType } from './statement-kinds.js';
import { Statement } from './statement.entity.js';

/** What happened to a statement, in order. Append-only. */
@Entity('statement_events')
@Index(['statementId', 'id'])
@Index('ix_statement_events_reminder', ['statementId', 'step'], {
  unique: true,
  where: `"type" = 'reminder'`,
})
export class StatementEvent extends RecordEntity {
  @ReferenceColumn() statementId: string;
  @ManyToOne(() => Statement) @JoinColumn({ name: 'statement_id' }) statement: Relation<Statement>;
  @EnumColumn(STATEMENT_EVENT_TYPES) type: StatementEventType;
  @Column({ type: 'varchar', length: 120 }) actor: string;
  /** How many days late, of a reminder: each step is taken once. */
  @Column({ type: 'int', nullable: true }) step: number | null;
  @Column({ type: 'jsonb', nullable: true }) detail: Record<string, unknown> | null;
  @InstantColumn() createdAt: Date;
}
