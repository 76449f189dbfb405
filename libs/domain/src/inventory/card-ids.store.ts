import type { Pool } from 'pg';
import { invariant } from '../shared/assert.js';

const FIRST_BLOCK_SIZE = 256;
const BLOCK_SIZE_MAX = 16_384;

/** Ids of cards, drawn in growing blocks ahead of their use: a card's ciphertext is bound to its id. */
export class CardIds {
  private ids: readonly string[] = [];
  private at = 0;
  private blockSize = FIRST_BLOCK_SIZE;
  private ahead: Promise<readonly string[]>;

  constructor(private readonly pool: Pool) {
    this.ahead = this.draw();
  }

  /** Makes sure that `count` ids can be taken without waiting. */
  async provide(count: number): Promise<void> {
    while (this.ids.length - this.at < count) {
      const drawn = await this.ahead;
      this.ids = [...this.ids.slice(this.at), ...drawn];
      this.at = 0;
      this.ahead = this.draw();
    }
  }

  take(): string {
    const id = this.ids[this.at];
    invariant(id !== undefined, 'ids are provided before they are taken');
    this.at += 1;
    return id;
  }

  private draw(): Promise<readonly string[]> {
    const drawn = this.pool
      .query<{ ids: string }>(
        `SELECT string_agg(nextval(pg_get_serial_sequence('cards', 'id'))::text, ',') AS ids
         FROM generate_series(1, $1)`,
        [this.blockSize],
      )
      .then((result) => (result.rows[0]?.ids ?? '').split(','));
    this.blockSize = Math.min(this.blockSize * 4, BLOCK_SIZE_MAX);
    drawn.catch(() => undefined); // told to whoever waits for the block; nobody may
    return drawn;
  }
}
