import { Check, Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { MoneyColumn } from '../database/columns.js';
import { APPROVAL_KINDS, type ApprovalKind } from './approval.js';

/** How large an act of a kind may be before it needs a second person, and before it needs the owner. */
@Entity('approval_thresholds')
@Check('ck_approval_thresholds_amounts', '"alone_up_to_hao" >= 0 AND "owner_above_hao" >= 0')
export class ApprovalThreshold extends MasterEntity {
  @Index({ unique: true })
  @Column({ type: 'varchar', length: 40, enum: [...APPROVAL_KINDS] })
  kind: ApprovalKind;
  /** Empty: never alone. */
  @MoneyColumn({ nullable: true }) aloneUpToHao: number | null;
  @MoneyColumn() ownerAboveHao: number;
}
