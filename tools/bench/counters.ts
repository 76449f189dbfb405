import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';

const TICKS_PER_SECOND = 100;

/** Readings that only grow; a run's costs are the differences. */
export interface Reading {
  readonly walBytes: number;
  readonly apiTransactions: number;
  readonly postgresCpuSeconds: number;
  readonly apiCpuSeconds: number;
  readonly apiResidentMb: number;
}

/** `control` is connected to another database, so that looking does not count. */
export async function readCounters(
  control: pg.Client,
  { postgresPid, apiMetrics }: { postgresPid: number; apiMetrics?: string | undefined },
): Promise<Reading> {
  const postgresCpuSeconds = cpuSecondsOfFamily(postgresPid);
  const { rows } = await control.query<{ wal: string }>(
    `SELECT pg_current_wal_lsn() - '0/0'::pg_lsn AS wal`,
  );
  const page = apiMetrics === undefined ? '' : await (await fetch(apiMetrics)).text();
  const metric = (name: string): number =>
    Number(new RegExp(`^${name} ([0-9.e+]+)$`, 'm').exec(page)?.[1] ?? 0);
  return {
    walBytes: Number(rows[0]?.wal),
    apiTransactions: metric('kagong_acceptance_batch_size_count'),
    postgresCpuSeconds,
    apiCpuSeconds: metric('process_cpu_seconds_total'),
    apiResidentMb: metric('process_resident_memory_bytes') / 2 ** 20,
  };
}

/** Processor time of a server and its children, those that have ended included; NaN where there is no /proc. */
function cpuSecondsOfFamily(pid: number): number {
  let ticks = 0;
  try {
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const stat = statOf(name);
      if (!stat) continue;
      const isParent = Number(name) === pid;
      if (!isParent && Number(stat[1]) !== pid) continue;
      ticks += Number(stat[11]) + Number(stat[12]);
      if (isParent) ticks += Number(stat[13]) + Number(stat[14]);
    }
  } catch {
    return Number.NaN;
  }
  return ticks / TICKS_PER_SECOND;
}

/** Fields behind the command name, from the state on. */
function statOf(pid: string): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined; // it ended while we looked
  }
}
