import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { DomainError } from '#domain';
import { inTransaction } from '#domain/database';
import { CardVault, type CardSecret, writeAudit } from '#domain/stores';
import type { PanelStaff } from '../resource/resource-definition.js';

const CARD_OF_UNIT = `
  SELECT d.card_id, c.product_id, c.batch_id, c.sealed, b.data_key_sealed
  FROM deliveries d JOIN cards c ON c.id = d.card_id JOIN card_batches b ON b.id = c.batch_id
  WHERE d.unit_id = $1::bigint * 16384 + $2::int AND d.order_id = $1`;

const NOTE = `
  INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
  VALUES ($1, 'card-revealed', 'staff', $2, $3::jsonb, now())`;

export interface Reveal {
  readonly orderId: string;
  readonly unitNo: number;
  readonly reason: string;
}

/** The one way to a code in clear: it leaves only after who looked and why is committed. */
@Injectable()
export class RevealCardService {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly vault: CardVault,
  ) {}

  /** Throws `card.not-found`. */
  async reveal(staff: PanelStaff, { orderId, unitNo, reason }: Reveal): Promise<CardSecret> {
    return inTransaction(this.pool, async (client) => {
      const found = await client.query<{
        card_id: string;
        product_id: string;
        batch_id: string;
        sealed: Buffer;
        data_key_sealed: Buffer;
      }>(CARD_OF_UNIT, [orderId, unitNo]);
      const row = found.rows[0];
      if (!row) throw new DomainError('card.not-found');
      const card = this.vault.open({
        cardId: row.card_id,
        productId: row.product_id,
        batchId: row.batch_id,
        sealed: row.sealed,
        dataKeySealed: row.data_key_sealed,
      });
      await client.query(NOTE, [orderId, staff.email, JSON.stringify({ unitNo, reason })]);
      await writeAudit(client, {
        staffEmail: staff.email,
        action: 'revealCard',
        resource: 'Order',
        recordId: orderId,
        after: { unitNo, cardId: row.card_id },
        reason,
        requestId: staff.requestId,
        address: staff.address,
      });
      return card;
    });
  }
}
