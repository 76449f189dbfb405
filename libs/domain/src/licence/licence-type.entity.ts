import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn } from '../database/columns.js';
import { LICENCE_TYPE_KINDS, type LicenceTypeKind } from './licence-kinds.js';

/** A kind of licence as data: how long it lasts, and how early its renewal must be asked for. */
@Entity('licence_types')
@Check(
  'ck_licence_types_days',
  '"lead_days" BETWEEN 0 AND 1000 AND "start_days" BETWEEN 0 AND 1000 AND "review_days" BETWEEN 1 AND 3660',
)
export class LicenceType extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 60 }) code: string;
  @Column({ type: 'varchar', length: 160 }) name: string;
  @EnumColumn(LICENCE_TYPE_KINDS, { default: 'permit' }) kind: LicenceTypeKind;
  /** It never ends; it is looked at now and then instead. */
  @Column({ type: 'boolean', default: false }) isPerpetual: boolean;
  /** No longer issued or renewed: there are no new ones. */
  @Column({ type: 'boolean', default: false }) isRetired: boolean;
  /** A right that somebody above us grants: without it not even what is paid for is delivered. */
  @Column({ type: 'boolean', default: false }) isUpstream: boolean;
  /** So many days before its end the law or the contract wants the renewal asked for. */
  @Column({ type: 'int', default: 0 }) leadDays: number;
  /** So many days before its end we begin to collect what the renewal needs. */
  @Column({ type: 'int', default: 60 }) startDays: number;
  @Column({ type: 'int', nullable: true }) reviewDays: number | null;
  @Column({ type: 'varchar', length: 300, nullable: true }) validity: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) legalStep: string | null;
  @Column({ type: 'varchar', length: 300, nullable: true }) source: string | null;
  /** When somebody last read the source; null is never. */
  @Column({ type: 'date', nullable: true }) verifiedOn: string | null;
}
