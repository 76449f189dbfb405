import type { Pool } from 'pg';
import { advanceLicence } from '#domain/stores';
import type { LicenceActivities, LicenceLook } from '#workflows';

const WAIT_MIN_MS = 1_000;

/** The steps of licences' clocks, each one transaction of the stores. All may run twice. */
export class LicenceActivityProvider implements LicenceActivities {
  constructor(private readonly pool: Pool) {}

  async lookAtLicence({ licenceId }: { readonly licenceId: string }): Promise<LicenceLook> {
    const nowMs = Date.now();
    const { told, nextAtMs } = await advanceLicence(this.pool, { licenceId, nowMs });
    return { told, waitMs: nextAtMs === null ? null : Math.max(WAIT_MIN_MS, nextAtMs - nowMs) };
  }
}
