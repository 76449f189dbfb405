import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { isDatabaseAway } from '#domain/database';
import { advanceDueComplaint, dueComplaints, putOffComplaint } from '#domain/stores';
import { eachLimited, pause } from '../pause.js';

const EVERY_MS = 250;
const BROKEN_MS = 1_000;
const BATCH_SIZE = 200;
const AT_ONCE = 4;

/**
 * Looks several times a second which clocks of complaints have something to do, and does it: exact, cheap and without
 * Temporal. Several workers may look at once; each complaint is done by one of them.
 */
export class ComplaintClockLoop {
  private readonly logger = new Logger(ComplaintClockLoop.name);

  constructor(private readonly pool: Pool) {}

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const restMs = await this.round(stop);
      await pause(restMs, stop);
    }
  }

  /** Everything that is due by now, up to a batch; tells how long to rest after it. */
  async round(stop?: AbortSignal): Promise<number> {
    try {
      const due = await dueComplaints(this.pool, Date.now(), BATCH_SIZE);
      await eachLimited(due, AT_ONCE, async (complaintId) => {
        if (!stop?.aborted) await this.advance(complaintId);
      });
      return due.length >= BATCH_SIZE ? 0 : EVERY_MS;
    } catch (error) {
      if (!isDatabaseAway(error)) this.logger.error('looking at complaints broke', error);
      return BROKEN_MS;
    }
  }

  /** One that cannot be told stands in nobody's way. */
  private async advance(complaintId: string): Promise<void> {
    try {
      await advanceDueComplaint(this.pool, { complaintId, nowMs: Date.now() });
    } catch (error) {
      if (isDatabaseAway(error)) return;
      this.logger.error(`the clocks of complaint ${complaintId} broke`, error);
      await putOffComplaint(this.pool, complaintId, Date.now()).catch(() => undefined);
    }
  }
}
