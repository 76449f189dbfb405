import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import { InstantColumn, RecordReferenceColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';

/** A platform, or one customer of it, whose orders wait for a person for a while. */
@Entity('risk_watches')
@Index('ix_risk_watches_open', ['platformId', 'subject'], {
  unique: true,
  where: `"ended_at" IS NULL`,
})
@Check('ck_risk_watches_until', '"until" > "since"')
export class RiskWatch extends RecordEntity {
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  /** The customer's number; empty is the platform itself. */
  @Column({ type: 'varchar', length: 64, default: '' }) subject: string;
  @RecordReferenceColumn({ nullable: true }) signalId: string | null;
  @Column({ type: 'varchar', length: 500 }) reason: string;
  /** A person's address, or `system`. */
  @Column({ type: 'varchar', length: 120 }) raisedBy: string;
  @InstantColumn() since: Date;
  @InstantColumn() until: Date;
  @Index() @InstantColumn({ nullable: true }) endedAt: Date | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) endedBy: string | null;
}
