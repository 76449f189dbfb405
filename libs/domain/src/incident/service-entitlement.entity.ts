import { Check, Column, Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
  ReferenceColumn,
} from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import { Platform } from '../platform/platform.entity.js';
import { IncidentCompensation } from './incident-compensation.entity.js';

/** Days of service that a customer has got on top of what was bought, with what they cost us. */
@Entity('service_entitlements')
@Index(['incidentCompensationId', 'orderId'], { unique: true })
@Index(['orderId'])
@Check('ck_service_entitlements_values', '"days" > 0 AND "quantity" > 0 AND "cost_hao" >= 0')
export class ServiceEntitlement extends RecordEntity {
  @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @ReferenceColumn() platformId: string;
  @ManyToOne(() => Platform, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'platform_id' })
  platform: Relation<Platform>;
  @Column({ type: 'varchar', length: 64, nullable: true }) customerNo: string | null;
  @RecordReferenceColumn() incidentCompensationId: string;
  @ManyToOne(() => IncidentCompensation)
  @JoinColumn({ name: 'incident_compensation_id' })
  incidentCompensation: Relation<IncidentCompensation>;
  @Column({ type: 'int' }) days: number;
  @Column({ type: 'int' }) quantity: number;
  @MoneyColumn() costHao: number;
  @InstantColumn() grantedAt: Date;
}
