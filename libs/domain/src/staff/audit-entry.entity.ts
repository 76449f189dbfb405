import { Column, Entity, Index } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn } from '../database/columns.js';

/** Who did what to which record, and why. Append-only; written in the transaction of the change. */
@Entity('audit_entries')
@Index(['resource', 'recordId'])
export class AuditEntry extends RecordEntity {
  @Column({ type: 'varchar', length: 120 }) staffEmail: string;
  @Column({ type: 'varchar', length: 60 }) action: string;
  @Column({ type: 'varchar', length: 60 }) resource: string;
  @Column({ type: 'varchar', length: 64, nullable: true }) recordId: string | null;
  /** Allowed fields only; secrets and codes never. */
  @Column({ type: 'jsonb', nullable: true }) before: Record<string, unknown> | null;
  @Column({ type: 'jsonb', nullable: true }) after: Record<string, unknown> | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) reason: string | null;
  @Column({ type: 'varchar', length: 64 }) requestId: string;
  @Column({ type: 'varchar', length: 64, nullable: true }) address: string | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: Date;
}
