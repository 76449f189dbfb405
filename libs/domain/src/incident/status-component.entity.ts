import { Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn, ReferenceColumn } from '../database/columns.js';
import { Supplier } from '../supply/supplier.entity.js';
import { COMPONENT_KINDS, type ComponentKind } from './incident-kind.js';

/** A part of what we offer, as the public page names it: a product line, an upstream, the platform API. */
@Entity('status_components')
export class StatusComponent extends MasterEntity {
  @Index({ unique: true }) @Column({ type: 'varchar', length: 40 }) code: string;
  @EnumColumn(COMPONENT_KINDS) kind: ComponentKind;
  @Column({ type: 'varchar', length: 80 }) nameZh: string;
  @Column({ type: 'varchar', length: 80 }) nameEn: string;
  /** Which products it stands for; affected orders are looked for by them. */
  @Column({ type: 'text', array: true, default: () => "'{}'" }) productCodes: string[];
  @ReferenceColumn({ nullable: true }) supplierId: string | null;
  @ManyToOne(() => Supplier, { nullable: true })
  @JoinColumn({ name: 'supplier_id' })
  supplier: Relation<Supplier> | null;
  @Column({ type: 'boolean', default: true }) isPublic: boolean;
  @Column({ type: 'int', default: 100 }) sortNo: number;
}
