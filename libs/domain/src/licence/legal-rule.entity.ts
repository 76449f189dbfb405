import { Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';

/** What the law says, in versions, with its source and the day on which somebody last read it. */
@Entity('legal_rules')
@Index(['code', 'versionNo'], { unique: true })
export class LegalRule extends MasterEntity {
  @Column({ type: 'varchar', length: 60 }) code: string;
  @Column({ type: 'int', default: 1 }) versionNo: number;
  @Column({ type: 'varchar', length: 160 }) name: string;
  @Column({ type: 'varchar', length: 1_000 }) text: string;
  @Column({ type: 'int', nullable: true }) leadDays: number | null;
  @Column({ type: 'varchar', length: 300 }) source: string;
  /** Null: nobody has read the source yet. */
  @Column({ type: 'date', nullable: true }) verifiedOn: string | null;
  @Column({ type: 'varchar', length: 120, nullable: true }) verifiedBy: string | null;
  /** Only the version in force is watched. */
  @Column({ type: 'boolean', default: true }) isCurrent: boolean;
}
