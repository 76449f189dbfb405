import { Column, Entity, Index } from 'typeorm';
import { MasterEntity } from '../database/base.entity.js';
import { EnumColumn } from '../database/columns.js';
import { RISK_RULE_KINDS, type RiskRuleKind } from './risk-rule.js';

/** One revision of a rule. An edit is a new revision; the older ones stay, because signals name them. */
@Entity('risk_rules')
@Index(['kind', 'revision'], { unique: true })
@Index('ix_risk_rules_current', ['kind'], { unique: true, where: '"is_current"' })
export class RiskRule extends MasterEntity {
  @EnumColumn(RISK_RULE_KINDS) kind: RiskRuleKind;
  @Column({ type: 'int', default: 1 }) revision: number;
  @Column({ type: 'boolean', default: true }) isCurrent: boolean;
  @Column({ type: 'jsonb' }) params: Record<string, number>;
  @Column({ type: 'varchar', length: 500, default: '' }) reason: string;
  @Column({ type: 'varchar', length: 120 }) askedBy: string;
  @Column({ type: 'varchar', length: 120, nullable: true }) approvedBy: string | null;
}
