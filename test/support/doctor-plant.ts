import type pg from 'pg';
import type { SoldOrder } from './sold-order.js';

/** One way to break one promise, in a database whose guards are switched off. */
export interface Plant {
  readonly check: string;
  readonly what: string;
  /** Checks that see the same fault from another side. */
  readonly breaksToo?: readonly string[];
  readonly example: RegExp;
  readonly plant: (client: pg.Client, rows: Rows) => Promise<unknown>;
}

export interface Rows {
  readonly sold: SoldOrder;
  readonly waiting: SoldOrder;
}

const NOWHERE = '00000000-0000-7000-8000-000000000000';

export const sql =
  (...statements: string[]): Plant['plant'] =>
  async (client, { sold, waiting }) => {
    for (const statement of statements)
      await client.query(
        statement
          .replaceAll(':sold', sold.orderId)
          .replaceAll(':waiting', waiting.orderId)
          .replaceAll(':account', `'${sold.balanceAccountId}'`)
          .replaceAll(':revenue', `'${sold.revenueAccountId}'`)
          .replaceAll(':batch', `'${sold.batchId}'`)
          .replaceAll(':nowhere', `'${NOWHERE}'`),
      );
  };

export const A_DELIVERED_CARD = '(SELECT min(card_id) FROM deliveries WHERE order_id = :sold)';
