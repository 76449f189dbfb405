import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import type { CardVault } from '../vault/card-vault.js';
import { shanghaiDate } from '../shared/business-time.js';
import type { LockedAttempt } from './attempt-facts.store.js';
import type { SuppliedCard } from './supply-report.js';

export interface StoredCards {
  readonly batchId: string | undefined;
  readonly takenCount: number;
  /** Cards for the attempt's units, in order; fewer than units where cards were missing or known already. */
  readonly deliverableIds: readonly string[];
  /** Cards that went to stock because no unit waits for them. */
  readonly surplusCount: number;
  /** Cards that we had before: they are never handed out again. */
  readonly duplicateCount: number;
}

const NONE: StoredCards = {
  batchId: undefined,
  takenCount: 0,
  deliverableIds: [],
  surplusCount: 0,
  duplicateCount: 0,
};

/**
 * Takes a supplier's cards into the vault: the first ones for units, the rest into stock. A card that is known already,
 * from a file or from any supplier, is not taken. Where some go into stock the caller holds the product's lock; at its end
 * it counts them in their batch.
 */
export async function storeSuppliedCards(
  vault: CardVault,
  client: PoolClient,
  given: {
    readonly attempt: LockedAttempt;
    readonly cards: readonly SuppliedCard[];
    readonly forUnits: number;
    readonly nowMs: number;
  },
): Promise<StoredCards> {
  const { attempt, cards, forUnits, nowMs } = given;
  if (cards.length === 0) return NONE;
  const [batch, ids] = await settled([
    openBatch(vault, client, attempt, nowMs),
    drawIds(client, cards.length),
  ]);
  const { productId } = attempt;
  const taken = await insertCards(vault, client, { batch, cards, ids, productId });
  const surplus = taken.slice(forUnits);
  if (surplus.length > 0) await queueSurplus(client, attempt, batch.id, surplus);
  return {
    batchId: batch.id,
    takenCount: taken.length,
    deliverableIds: taken.slice(0, forUnits).map(({ id }) => id),
    surplusCount: surplus.length,
    duplicateCount: cards.length - taken.length,
  };
}

/**
 * Counts the cards in their batch. All deliveries of a supplier's product share that row, so it is touched last: whoever
 * has it commits at once.
 */
export async function countInBatch(
  client: PoolClient,
  { batchId, takenCount }: StoredCards,
): Promise<void> {
  if (batchId === undefined || takenCount === 0) return;
  await client.query('UPDATE card_batches SET imported_count = imported_count + $2 WHERE id = $1', [
    batchId,
    takenCount,
  ]);
}

interface Batch {
  readonly id: string;
  readonly dataKeySealed: Buffer;
}

interface TakenCard {
  readonly id: string;
  readonly expiresOn: string | null;
}

/** Somebody else may make it at the same moment: theirs is as good. */
const MAKE_BATCH = `
  INSERT INTO card_batches (id, batch_no, name, product_id, data_key_sealed) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (batch_no) DO NOTHING`;

const FIND_BATCH = 'SELECT id, data_key_sealed FROM card_batches WHERE batch_no = $1';

/** One batch for each supplier, product and day: its data key is theirs alone. */
async function openBatch(
  vault: CardVault,
  client: PoolClient,
  attempt: LockedAttempt,
  nowMs: number,
): Promise<Batch> {
  const day = shanghaiDate(nowMs).replaceAll('-', '');
  const batchNo = `S${day}-${attempt.productId.slice(-12)}-${attempt.supplierId.slice(-12)}`;
  const found = await client.query<{ id: string; data_key_sealed: Buffer }>(FIND_BATCH, [batchNo]);
  const known = found.rows[0];
  if (known) return { id: known.id, dataKeySealed: known.data_key_sealed };
  const made = await client.query<{ id: string }>('SELECT uuidv7() AS id');
  const id = made.rows[0]?.id ?? '';
  const name = `${attempt.supplierCode} ${shanghaiDate(nowMs)}`;
  await client.query(MAKE_BATCH, [id, batchNo, name, attempt.productId, vault.newDataKey(id)]);
  return openBatch(vault, client, attempt, nowMs);
}

async function drawIds(client: PoolClient, count: number): Promise<string[]> {
  const drawn = await client.query<{ id: string }>(
    `SELECT nextval(pg_get_serial_sequence('cards', 'id'))::text AS id FROM generate_series(1, $1)`,
    [count],
  );
  return drawn.rows.map(({ id }) => id);
}

const INSERT_CARDS = `
  INSERT INTO cards (id, product_id, batch_id, sealed, fingerprint, expires_on)
  SELECT r.id, $1, $2, r.sealed, r.fingerprint, r.expires_on
  FROM unnest($3::bigint[], $4::bytea[], $5::bytea[], $6::date[]) AS r(id, sealed, fingerprint, expires_on)
  ON CONFLICT (fingerprint) DO NOTHING RETURNING id`;

async function insertCards(
  vault: CardVault,
  client: PoolClient,
  given: {
    readonly batch: Batch;
    readonly cards: readonly SuppliedCard[];
    readonly ids: readonly string[];
    readonly productId: string;
  },
): Promise<TakenCard[]> {
  const { batch, cards, productId } = given;
  const rows = cards.map((card, index) => {
    const id = given.ids[index] ?? '';
    // A link or a lone password is the code itself: it is what the card is known by.
    const secret =
      card.cardNo === ''
        ? { cardNo: card.cardPassword, cardPassword: '' }
        : { cardNo: card.cardNo, cardPassword: card.cardPassword };
    return {
      id,
      sealed: vault.seal(
        { ...secret, cardId: id, productId, batchId: batch.id },
        batch.dataKeySealed,
      ),
      fingerprint: vault.fingerprint(secret),
      expiresOn: card.expiresAtMs === undefined ? null : shanghaiDate(card.expiresAtMs),
    };
  });
  const inserted = await client.query<{ id: string }>(INSERT_CARDS, [
    productId,
    batch.id,
    rows.map((row) => row.id),
    rows.map((row) => row.sealed),
    rows.map((row) => row.fingerprint),
    rows.map((row) => row.expiresOn),
  ]);
  const ids = new Set(inserted.rows.map((row) => row.id));
  return rows.filter((row) => ids.has(row.id));
}

const QUEUE = `
  WITH queued AS (
    INSERT INTO card_stock (card_id, product_id, batch_id, expires_on)
    SELECT r.card_id, $1, $2, coalesce(r.expires_on, 'infinity'::date) FROM unnest($3::bigint[], $4::date[]) AS r(card_id, expires_on)
  ), noted AS (
    INSERT INTO surplus_cards (card_id, attempt_id)
    SELECT card_id, a.id FROM unnest($3::bigint[]) AS r(card_id) JOIN attempts a ON a.id = $5 WHERE a.purpose = 'order'
  )
  INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('fill-stock', $1::text, now())`;

async function queueSurplus(
  client: PoolClient,
  attempt: LockedAttempt,
  batchId: string,
  cards: readonly TakenCard[],
): Promise<void> {
  await client.query(QUEUE, [
    attempt.productId,
    batchId,
    cards.map((card) => card.id),
    cards.map((card) => card.expiresOn),
    attempt.id,
  ]);
}
