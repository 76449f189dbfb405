import { Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn } from '../database/columns.js';
import { STAFF_ROLES, STAFF_STATUSES, type StaffRole, type StaffStatus } from './permission.js';

/** A person who works in the panel. */
@Entity('staff')
export class Staff extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 120 }) email: string;
  @Column({ type: 'varchar', length: 80 }) name: string;
  @EnumColumn(STAFF_ROLES) role: StaffRole;
  @EnumColumn(STAFF_STATUSES, { default: 'active' }) status: StaffStatus;
  /** argon2id. */
  @Column({ type: 'varchar', length: 200, select: false }) passwordHash: string;
  @Column({ type: 'varchar', length: 8, default: 'zh-CN' }) language: string;
  @InstantColumn({ nullable: true }) lastLoginAt: Date | null;
}
