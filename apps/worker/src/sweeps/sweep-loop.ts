import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { isDatabaseAway } from '#domain/database';
import {
  expireApprovals,
  expireGrants,
  expireHolds,
  failDeadImports,
  failDeadStatements,
  ledgerSealer,
  resumeIncidentCompensations,
  spreadBalances,
  updateAlerts,
} from '#domain/stores';
import type { MailSettings } from '../alert/alert-sender.js';
import type { WorkerMetrics } from '../health/metrics.js';
import { pause } from '../pause.js';
import { isConnectionLost } from './connection-lost.js';
import { forgottenAttemptsSweep, type AttemptKeeper } from './forgotten-attempts.sweep.js';
import { advanceLargeOrders } from './large-orders.sweep.js';
import { licenceRemindersSweep, licencesSweep } from './licences.sweep.js';
import { missingRunsSweep } from './missing-runs.sweep.js';
import { dueReplenishments, replenishmentRunsSweep } from './replenishment.sweep.js';
import { reconcilingSweep } from './reconciling.sweep.js';
import { runwaySweep } from './runway.sweep.js';
import { riskSignalsSweep } from './risk-signals.sweep.js';
import { complaintRunsSweep } from './complaint-runs.sweep.js';
import { creditSweep } from './credit.sweep.js';
import { endHeldOrders } from './held-orders.sweep.js';
import { failOverdueOrders } from './overdue-orders.sweep.js';
import { serviceDaysSweep } from './service-days.sweep.js';
import { statementsSweep } from './statements.sweep.js';
import {
  fillMissedOrders,
  forgetOldNonces,
  resendOrphanedCallbacks,
  resumeCompensations,
  type Sweep,
} from './sweep-queries.js';

const EVERY_MS = 15_000;
/** Of all worker processes, the one that gets this lock sweeps. */
const TRY_LOCK = 'SELECT pg_try_advisory_lock(7702, 1) AS is_mine';
const UNLOCK = 'SELECT pg_advisory_unlock(7702, 1)';

/** They do what is due anyway: nothing was wrong. */
const NO_REPAIRS = new Set([
  'old-nonces',
  'held-orders',
  'risk-signals',
  'credit-scores',
  'old-approvals',
  'old-holds',
  'old-grants',
  'lots',
  'seals',
  'alerts',
  'runways',
  'reconciling',
  'replenishments',
  'replenishment-runs',
  'complaint-runs',
  'statements',
  'service-days',
  'licences',
  'licence-reminders',
]);

export interface SweepParts {
  readonly metrics: WorkerMetrics;
  readonly keeper: AttemptKeeper;
  readonly mail: MailSettings;
}

/** The backstop behind workflows and relay. It lives in the database's world: Temporal may be away. */
export class SweepLoop {
  private readonly logger = new Logger(SweepLoop.name);
  private readonly sweeps: Readonly<Record<string, Sweep>>;

  constructor(
    private readonly pool: Pool,
    private readonly parts: SweepParts,
  ) {
    const { keeper, mail } = parts;
    const seal = ledgerSealer();
    this.sweeps = {
      'missed-fills': fillMissedOrders,
      'overdue-orders': failOverdueOrders,
      'large-orders': advanceLargeOrders,
      'orphaned-callbacks': resendOrphanedCallbacks,
      'missing-runs': missingRunsSweep(),
      'forgotten-attempts': forgottenAttemptsSweep(keeper),
      'held-orders': endHeldOrders,
      'credit-scores': creditSweep(),
      'risk-signals': riskSignalsSweep(),
      runways: runwaySweep(),
      replenishments: dueReplenishments,
      'replenishment-runs': replenishmentRunsSweep(),
      licences: licencesSweep,
      'licence-reminders': licenceRemindersSweep(mail),
      'complaint-runs': complaintRunsSweep(),
      statements: statementsSweep(),
      alerts: (pool) => updateAlerts(pool, Date.now()),
      'old-approvals': (pool) => expireApprovals(pool, Date.now()),
      'old-holds': (pool) => expireHolds(pool, Date.now()),
      'old-grants': (pool) => expireGrants(pool, Date.now()),
      lots: (pool) => spreadBalances(pool, Date.now()),
      seals: (pool) => seal(pool, Date.now()),
      'forgotten-compensations': resumeCompensations,
      'forgotten-incidents': resumeIncidentCompensations,
      'service-days': serviceDaysSweep(),
      'dead-imports': failDeadImports,
      'dead-statements': failDeadStatements,
      reconciling: reconcilingSweep,
      'old-nonces': forgetOldNonces,
    };
  }

  async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.round(stop).catch((error: unknown) => {
        if (!isDatabaseAway(error)) this.logger.error('sweeping broke', error);
      });
      await pause(EVERY_MS, stop);
    }
  }

  /** The lock belongs to a connection of its own, which a crash closes. */
  private async round(stop: AbortSignal): Promise<void> {
    const client = await this.pool.connect();
    try {
      const lock = await client.query<{ is_mine: boolean }>(TRY_LOCK);
      if (!lock.rows[0]?.is_mine) return;
      for (const [name, sweep] of Object.entries(this.sweeps))
        if (!stop.aborted) await this.runSweep(name, sweep);
      await client.query(UNLOCK);
    } finally {
      // Closed rather than reused: with it goes the lock, whatever has happened.
      client.release(true);
    }
  }

  /** A sweep that fails stands alone: the next one may be the one that is needed. */
  private async runSweep(name: string, sweep: Sweep): Promise<void> {
    try {
      const repairs = await sweep(this.pool);
      this.parts.metrics.sweeps.inc({ sweep: name }, repairs);
      if (repairs > 0 && !NO_REPAIRS.has(name)) this.logger.warn(`${name}: ${repairs} set right`);
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      this.logger.error(`${name} broke`, error);
    }
  }
}
