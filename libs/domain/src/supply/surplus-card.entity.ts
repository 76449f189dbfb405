import {
  BaseEntity,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';
import { InstantColumn, RecordReferenceColumn } from '../database/columns.js';
import { Card } from '../inventory/card.entity.js';
import { Attempt } from './attempt.entity.js';

/** A card that came when no unit waited for it any more: it was paid for and went into stock. */
@Entity('surplus_cards')
export class SurplusCard extends BaseEntity {
  @PrimaryColumn({ type: 'bigint' }) cardId: string;
  @ManyToOne(() => Card, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'card_id' })
  card: Relation<Card>;
  @Index() @RecordReferenceColumn() attemptId: string;
  @ManyToOne(() => Attempt, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'attempt_id' })
  attempt: Relation<Attempt>;
  @InstantColumn({ default: () => 'now()' }) cameAt: Date;
}
