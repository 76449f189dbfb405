import type { PoolClient } from 'pg';
import type { Sql } from '../database/sql.js';
import { FIRST_RULES, type RiskParams, type RiskRuleKind } from './risk-rule.js';

/** The current numbers of a rule, by name. */
export async function readRiskRule(
  sql: Sql,
  kind: RiskRuleKind,
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql.query<{ params: Record<string, number> }>({
    name: 'read-risk-rule',
    text: 'SELECT params FROM risk_rules WHERE kind = $1 AND is_current',
    values: [kind],
  });
  return rows[0]?.params ?? FIRST_RULES[kind];
}

/** All current rules, each with its revision. */
export interface CurrentRules {
  readonly revisions: ReadonlyMap<RiskRuleKind, number>;
  paramsOf<Kind extends RiskRuleKind>(kind: Kind): RiskParams<Kind>;
}

export async function readRiskRules(sql: Sql): Promise<CurrentRules> {
  const { rows } = await sql.query<{
    kind: RiskRuleKind;
    revision: number;
    params: Record<string, number>;
  }>({
    name: 'read-risk-rules',
    text: 'SELECT kind, revision, params FROM risk_rules WHERE is_current',
  });
  const params = new Map(rows.map((row) => [row.kind, row.params]));
  return {
    revisions: new Map(rows.map((row) => [row.kind, row.revision])),
    paramsOf: <Kind extends RiskRuleKind>(kind: Kind) =>
      ({ ...FIRST_RULES[kind], ...params.get(kind) }) as RiskParams<Kind>,
  };
}

/** Puts a new revision in the place of the current one. */
export async function changeRiskRule(
  client: PoolClient,
  change: {
    readonly kind: RiskRuleKind;
    readonly params: Readonly<Record<string, number>>;
    readonly reason: string;
    readonly askedBy: string;
    readonly approvedBy: string | null;
  },
): Promise<void> {
  const { kind, params, reason, askedBy, approvedBy } = change;
  const before = await client.query<{ revision: number }>(
    'UPDATE risk_rules SET is_current = false, version = version + 1, updated_at = now() WHERE kind = $1 AND is_current RETURNING revision',
    [kind],
  );
  await client.query(
    `INSERT INTO risk_rules (kind, revision, params, reason, asked_by, approved_by) VALUES ($1, $2, $3::jsonb, $4, $5, $6)`,
    [
      kind,
      (before.rows[0]?.revision ?? 0) + 1,
      JSON.stringify(params),
      reason,
      askedBy,
      approvedBy,
    ],
  );
}
