import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation, Unique } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { ReferenceColumn } from '../database/columns.js';
import { Staff } from './staff.entity.js';

/** A list of the panel with filters and order that somebody wants to come back to. */
@Entity('saved_views')
@Unique(['staffId', 'resource', 'name'])
@Index('ix_saved_views_shared', ['resource'], { where: `"is_shared"` })
export class SavedView extends MasterEntity {
  @ReferenceColumn() staffId: string;
  @ManyToOne(() => Staff) @JoinColumn({ name: 'staff_id' }) staff: Relation<Staff>;
  /** The entity whose list it is. */
  @Column({ type: 'varchar', length: 60 }) resource: string;
  @Column({ type: 'varchar', length: 60 }) name: string;
  /** Filters and order as the address of the list carries them. */
  @Column({ type: 'varchar', length: 2000 }) query: string;
  /** Whether everybody who may read the list is offered it. */
  @Column({ type: 'boolean', default: false }) isShared: boolean;
}
