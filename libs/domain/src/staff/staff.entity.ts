import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import { STAFF_ROLES, STAFF_STATUSES, type StaffRole, type StaffStatus } from './permission.js';

/** A person who works in the panel. */
@Entity('staff')
@Check('ck_staff_second_factor', '("second_factor_at" IS NULL) = ("totp_sealed" IS NULL)')
export class Staff extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 120 }) email: string;
  @Column({ type: 'varchar', length: 80 }) name: string;
  @EnumColumn(STAFF_ROLES) role: StaffRole;
  @EnumColumn(STAFF_STATUSES, { default: 'active' }) status: StaffStatus;
  /** argon2id. */
  @Column({ type: 'varchar', length: 200, select: false }) passwordHash: string;
  @Column({ type: 'varchar', length: 8, default: 'zh-CN' }) language: string;
  @InstantColumn({ nullable: true }) lastLoginAt: Date | null;
  /** Since when a code of an app is asked for at log-in; null while the password alone is enough. */
  @InstantColumn({ nullable: true }) secondFactorAt: Date | null;
  /** Under a master key. */
  @Column({ type: 'bytea', nullable: true, select: false }) totpSealed: Buffer | null;
  /** The last step whose code was used. */
  @Column({ type: 'int', default: 0, select: false }) totpStep: number;
  /** Hashes of the recovery codes that are left. */
  @Column({ type: 'text', array: true, default: () => "'{}'", select: false })
  recoveryHashes: string[];
}
