import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation, Unique } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { MoneyColumn, ReferenceColumn } from '../database/columns.js';
import { Platform } from '../platform/platform.entity.js';

/** A platform's buyer, known by the platform's own id of it. */
@Entity('customers')
@Unique(['platformId', 'customerNo'])
export class Customer extends MasterEntity {
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform) @JoinColumn({ name: 'platform_id' }) platform: Relation<Platform>;
  @Index() @Column({ type: 'varchar', length: 64 }) customerNo: string;
  @Column({ type: 'varchar', length: 120, nullable: true }) name: string | null;
  @Column({ type: 'text', nullable: true }) remark: string | null;
  /** From this amount on its orders are paid and delivered in stages; null takes the platform's. */
  @MoneyColumn({ nullable: true }) largeOrderFromHao: number | null;
}
