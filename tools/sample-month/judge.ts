import type pg from 'pg';
import type { DifferenceCause, DifferenceKind, DifferenceStatus, Resolution } from '#domain';
import { inTransaction } from '#domain/database';
import { beginSnapshot, resolveDifference, runChecks } from '#domain/stores';
import { type Month, RECONCILED_AT_MS } from './month.js';
import type { Plant } from './plants.js';

interface FoundRow {
  id: string;
  kind: DifferenceKind;
  status: DifferenceStatus;
  party: string;
  numbers: string[];
  favour_hao: string;
}

/** Differences with every number by which they can be known. */
const FOUND = `
  SELECT d.id, d.kind, d.status, p.code AS party, d.favour_hao,
    array_remove(ARRAY[l.our_no, l.their_no, o.merchant_order_no, o.order_no, a.attempt_no, a.supplier_order_no], NULL)::text[] AS numbers
  FROM reconciliation_differences d JOIN statement_parties p ON p.id = d.party_id
  LEFT JOIN external_lines l ON l.id = d.line_id LEFT JOIN orders o ON o.id = d.order_id LEFT JOIN attempts a ON a.id = d.attempt_id
  ORDER BY d.id`;

export interface Verdict {
  readonly planted: number;
  readonly found: number;
  readonly invented: number;
  readonly missed: readonly string[];
  readonly inventions: readonly string[];
  readonly rows: readonly FoundRow[];
}

/** Compares what was found with what was planted, one by one. */
export async function judge(pool: pg.Pool, plants: readonly Plant[]): Promise<Verdict> {
  const { rows } = await pool.query<FoundRow>(FOUND);
  const left = [...rows];
  const missed: string[] = [];
  for (const plant of plants) {
    const at = left.findIndex(
      ({ kind, party, numbers }) =>
        kind === plant.kind && party === plant.party && numbers.includes(plant.number),
    );
    if (at < 0) missed.push(`${plant.kind} ${plant.party} ${plant.number}`);
    else left.splice(at, 1);
  }
  return {
    planted: plants.length,
    found: plants.length - missed.length,
    invented: left.length,
    missed,
    inventions: left.map(({ kind, party, numbers }) => `${kind} ${party} ${numbers.join(' ')}`),
    rows,
  };
}

type Choice = readonly [Resolution, DifferenceCause];

/** How a person resolves each kind; what the supplier took too much is claimed back. */
const RESOLVED_BY: Readonly<Record<DifferenceKind, Choice>> = {
  'missing-ours': ['suspense', 'unknown'],
  'missing-theirs': ['adjustment', 'our-mistake'],
  'amount-long': ['adjustment', 'price-change'],
  'amount-short': ['adjustment', 'price-change'],
  status: ['nothing', 'timing'],
  fee: ['adjustment', 'fee-change'],
  duplicate: ['suspense', 'unknown'],
  'refund-unmatched': ['adjustment', 'their-mistake'],
  'cross-day': ['nothing', 'timing'],
  'unknown-sku': ['suspense', 'unknown'],
  currency: ['suspense', 'unknown'],
  'late-after-close': ['adjustment', 'timing'],
  'deduction-unexplained': ['adjustment', 'agreed-deduction'],
};

function choiceOf({ kind, party, favour_hao }: FoundRow): Choice {
  const isShort = Number(favour_hao) < 0;
  if (kind === 'amount-short' && isShort)
    return party.startsWith('supplier') ? ['claim', 'their-mistake'] : ['refund', 'our-mistake'];
  return RESOLVED_BY[kind];
}

/** Resolves everything that is open by the script behind the panel's commands. Answers how many that were. */
export async function resolveAll(pool: pg.Pool, found: readonly FoundRow[]): Promise<number> {
  const open = found.filter(({ status }) => status === 'open');
  for (const row of open) {
    const [resolution, cause] = choiceOf(row);
    await inTransaction(pool, (client) =>
      resolveDifference(client, {
        differenceId: row.id,
        resolution,
        cause,
        reason: 'sample month',
        evidence: null,
        by: 'sample month',
        nowMs: RECONCILED_AT_MS,
      }),
    );
  }
  return open.length;
}

/** What their books and ours still do not agree on once everything is resolved: platform and supplier, in hao. */
export async function unexplainedHao(pool: pg.Pool, month: Month): Promise<number> {
  const { books, owedByStatementHao, takenByStatementHao } = month;
  const { rows } = await pool.query<{ platform: string; supplier: string }>(
    `SELECT (SELECT -balance_hao FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1) AS platform,
       (SELECT -coalesce(sum(p.amount_hao), 0) FROM ledger_accounts a JOIN ledger_postings p ON p.account_id = a.id
        WHERE a.kind = 'supplier-balance' AND a.supplier_id = $2) AS supplier`,
    [books.platformId, books.supplierId],
  );
  const { platform, supplier } = rows[0] ?? { platform: '0', supplier: '0' };
  return (
    Math.abs(Number(platform) - owedByStatementHao) +
    Math.abs(Number(supplier) - takenByStatementHao)
  );
}

/** The checks of doctor that find something; orders of this month have no runs. */
export async function doctorFinds(pool: pg.Pool): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await beginSnapshot(client);
    const results = await runChecks(client, { isTemporalAway: true });
    await client.query('ROLLBACK');
    return results.flatMap(({ name, examples }) => examples.map((one) => `${name}: ${one}`));
  } finally {
    client.release();
  }
}
