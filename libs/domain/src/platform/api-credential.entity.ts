import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, InstantColumn, ReferenceColumn } from '../database/columns.js';
import { CREDENTIAL_STATUSES, type CredentialStatus } from './platform-status.js';
import { Platform } from './platform.entity.js';

/** The key a platform signs with. Two may be active at once, so that keys can be rotated without a gap. */
@Entity('api_credentials')
export class ApiCredential extends MasterEntity {
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  /** The public id sent as `Kagong-Key`. */
  @Index({ unique: true }) @Column({ type: 'varchar', length: 64 }) key: string;
  /** The signing secret, encrypted with the master key. */
  @Column({ type: 'bytea', select: false }) secretSealed: Buffer;
  @EnumColumn(CREDENTIAL_STATUSES, { default: 'active' }) status: CredentialStatus;
  /** Addresses or networks (CIDR) that may use this key; empty is everywhere. */
  @Column({ type: 'text', array: true, default: () => "'{}'" }) allowedAddresses: string[];
  @InstantColumn({ nullable: true }) expiresAt: Date | null;
}
