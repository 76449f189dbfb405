import pg from 'pg';
import { PreparingClient } from './preparing-client.js';

/** A connection inside a transaction, or a pool: whatever runs statements. */
export interface Sql {
  query<Row extends pg.QueryResultRow>(
    config: pg.QueryConfig<unknown[]>,
  ): Promise<pg.QueryResult<Row>>;
}

const STATEMENT_TIMEOUT_MS = 60_000;
const ANSWER_MARGIN_MS = 5_000;

/**
 * The pool of the transaction scripts. Pipelined, so that statements which need no answer in between share one round
 * trip; generic plans and no JIT, because statements with arrays and limits would otherwise be planned anew at every call;
 * loops over indexes only, because the inputs are short arrays: a plan made while a table was small would scan it whole
 * for as long as the connection lives.
 */
export function openSqlPool(
  databaseUrl: string,
  size: number,
  applicationName: string,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: size,
    pipeline: true,
    Client: PreparingClient,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
    application_name: applicationName,
    // A peer that has vanished without a word must not hold a connection for ever.
    keepAlive: true,
    query_timeout: statementTimeoutMs + ANSWER_MARGIN_MS,
    options:
      '-c plan_cache_mode=force_generic_plan -c jit=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s' +
      ` -c statement_timeout=${statementTimeoutMs}`,
  } as pg.PoolConfig);
  // A connection that dies is replaced at its next use; whoever was using it hears of it from its own statement.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Whoever asks whether the database answers has little patience himself. */
const ANSWERS_WITHIN_MS = 2_000;

/** Whether the database answers at once: what a program's readiness hangs on. */
export async function databaseAnswers(pool: pg.Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWERS_WITHIN_MS);
  });
  const answered = pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  return Promise.race([answered, tooLate]).finally(() => clearTimeout(timer));
}

/** What a caller adds to a change, in its transaction: an audit entry, for example. */
export type AfterChange = (client: pg.PoolClient) => Promise<void>;
export const NOTHING_MORE: AfterChange = () => Promise.resolve();

/**
 * Runs `work` in one transaction on one connection. A connection whose transaction could not be ended is destroyed,
 * never handed to somebody else.
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

/** Waits for all pipelined answers, so that none is left behind on the connection, and then reports the first error. */
export async function settled<Results extends readonly unknown[]>(
  promises: [...{ [Index in keyof Results]: Promise<Results[Index]> }],
): Promise<Results> {
  const outcomes = await Promise.allSettled(promises as readonly Promise<unknown>[]);
  const values = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  return values as unknown as Results;
}

const UNAVAILABLE = /^(08|53|57P0|25006|55P03|57014|40P01)/;
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ECONNABORTED',
]);
const LOST =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|not queryable|Client was closed/i;

/** Whether Postgres itself answered with this error: then the transaction has certainly not committed. */
export function isAnswerOfPostgres(error: unknown): boolean {
  return (
    error instanceof Error && /^[0-9A-Z]{5}$/.test((error as Error & { code?: string }).code ?? '')
  );
}

/** Whether the database is away, starting, full or too busy: nothing was recorded and the same request may be sent again. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: string };
  if (code !== undefined && (UNAVAILABLE.test(code) || UNREACHABLE.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return LOST.test(error.message);
}
