import pg from 'pg';
import { WAKE_CHANNEL } from '#domain/stores';
import { pause } from '../pause.js';

const AGAIN_AFTER_MS = 1_000;

/** One lane's share of what is heard. A word that comes while the lane is at work keeps it from resting. */
class Ear {
  private isWoken = false;
  private wake: () => void = () => undefined;

  hear(): void {
    this.isWoken = true;
    this.wake();
  }

  /** Rests so long, or until something is heard, or until the signal. */
  async rest(ms: number, stop: AbortSignal): Promise<void> {
    if (!this.isWoken) {
      const waking = new AbortController();
      this.wake = () => waking.abort();
      await pause(ms, AbortSignal.any([stop, waking.signal]));
    }
    this.isWoken = false;
  }
}

/**
 * Hears from the database that a row is due at once. While it hears nothing, because its connection is gone, rows are
 * found by looking.
 */
export class OutboxWakes {
  private readonly ears: { readonly kinds: readonly string[]; readonly ear: Ear }[] = [];

  constructor(private readonly databaseUrl: string) {}

  ear(kinds: readonly string[]): Ear {
    const ear = new Ear();
    this.ears.push({ kinds, ear });
    return ear;
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.listen(stop).catch(() => undefined);
      await pause(AGAIN_AFTER_MS, stop);
    }
  }

  private async listen(stop: AbortSignal): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      connectionTimeoutMillis: 3_000,
      application_name: 'kagong-worker-wakes',
      keepAlive: true,
    });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => {
      for (const { kinds, ear } of this.ears) if (kinds.includes(payload)) ear.hear();
    });
    await client.connect();
    const end = (): void => void client.end();
    stop.addEventListener('abort', end, { once: true });
    await client.query(`LISTEN ${WAKE_CHANNEL}`);
    if (stop.aborted) end();
    await ended;
    stop.removeEventListener('abort', end);
  }
}
