import { Entity, Index, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import { RecordEntity } from '../database/base.entity.js';
import {
  EnumColumn,
  InstantColumn,
  MoneyColumn,
  RecordReferenceColumn,
} from '../database/columns.js';
import { Order } from '../order/order.entity.js';
import { IncidentCompensation } from './incident-compensation.entity.js';
import {
  INCIDENT_LINE_STATUSES,
  INCIDENT_SKIP_REASONS,
  type IncidentLineStatus,
  type IncidentSkipReason,
} from './incident-kind.js';

/** One affected order of a bulk compensation; there once, it is dealt with once. */
@Entity('incident_compensation_lines')
@Index(['compensationId', 'orderId'], { unique: true })
@Index('ix_incident_compensation_lines_pending', ['compensationId', 'id'], {
  where: `"status" = 'pending'`,
})
@Index(['orderId'])
export class IncidentCompensationLine extends RecordEntity {
  @RecordReferenceColumn() compensationId: string;
  @ManyToOne(() => IncidentCompensation, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'compensation_id' })
  compensation: Relation<IncidentCompensation>;
  @RecordReferenceColumn() orderId: string;
  @ManyToOne(() => Order, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'order_id' })
  order: Relation<Order>;
  @EnumColumn(INCIDENT_LINE_STATUSES, { default: 'pending' }) status: IncidentLineStatus;
  @MoneyColumn({ default: 0 }) amountHao: number;
  @EnumColumn(INCIDENT_SKIP_REASONS, { nullable: true }) skipReason: IncidentSkipReason | null;
  @InstantColumn({ nullable: true }) doneAt: Date | null;
}
