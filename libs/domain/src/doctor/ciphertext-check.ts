import type { ClientBase } from 'pg';
import type { CardVault } from '../vault/card-vault.js';
import { EXAMPLES_MAX, type CheckResult } from './check.js';

interface SealedRow {
  id: string;
  product_id: string;
  batch_id: string;
  sealed: Buffer;
  fingerprint: Buffer;
  data_key_sealed: Buffer;
}

const CARDS_SAMPLED = 500;

const NEWEST_CARDS = `
  SELECT c.id, c.product_id, c.batch_id, c.sealed, c.fingerprint, b.data_key_sealed
  FROM cards c JOIN card_batches b ON b.id = c.batch_id
  ORDER BY c.id DESC LIMIT ${CARDS_SAMPLED}`;

/** Opens the newest cards and compares them with their fingerprints. No part of a card appears in an example. */
export async function checkCiphertexts(client: ClientBase, vault: CardVault): Promise<CheckResult> {
  const startedMs = Date.now();
  const { rows } = await client.query<SealedRow>(NEWEST_CARDS);
  const examples = rows.map((row) => faultOf(row, vault)).filter((fault) => fault !== undefined);
  return {
    name: 'card-opens-and-matches',
    looked: rows.length,
    violations: examples.length,
    examples: examples.slice(0, EXAMPLES_MAX),
    durationMs: Date.now() - startedMs,
  };
}

function faultOf(row: SealedRow, vault: CardVault): string | undefined {
  try {
    const card = vault.open({
      cardId: row.id,
      productId: row.product_id,
      batchId: row.batch_id,
      sealed: row.sealed,
      dataKeySealed: row.data_key_sealed,
    });
    if (vault.fingerprint(card).equals(row.fingerprint)) return undefined;
    return `card ${row.id} opens, but is not the card of its fingerprint`;
  } catch {
    return `card ${row.id} of batch ${row.batch_id} cannot be opened with the keys given`;
  }
}
