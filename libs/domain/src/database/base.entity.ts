import {
  BaseEntity,
  CreateDateColumn,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';

/** Master data: few rows, edited by staff, with a time-ordered uuid and a version for optimistic locking. */
export abstract class MasterEntity extends BaseEntity {
  @PrimaryColumn({ type: 'uuid', default: () => 'uuidv7()' }) id: string;
  @CreateDateColumn({ type: 'timestamptz', precision: 3 }) createdAt: Date;
  @UpdateDateColumn({ type: 'timestamptz', precision: 3 }) updatedAt: Date;
  @VersionColumn({ default: 1 }) version: number;
}

/** Hot tables: many rows, written by transaction scripts, with a short key. */
export abstract class RecordEntity extends BaseEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: string;
}
