import type { Pool } from 'pg';
import {
  complaintWorkflowId,
  orderWorkflowId,
  replenishmentWorkflowId,
  statementWorkflowId,
} from '#workflows';
import type { AdminConfig } from '../config.js';

/** Where the Temporal UI shows a run. */
export const runAddress = (config: AdminConfig, workflowId: string): string =>
  `${config.temporalUiUrl}/namespaces/${config.temporal.namespace}/workflows/${encodeURIComponent(workflowId)}`;

interface RunSource {
  /** Answers `one` and, where an id needs it, `two`. */
  readonly sql: string;
  readonly workflowId: (one: string, two: string) => string;
}

/** Records that a run of their own, or that of their order, works on. */
const RUNS: Readonly<Record<string, RunSource>> = {
  LargeOrder: {
    sql: 'SELECT order_no AS one FROM orders WHERE id = $1',
    workflowId: orderWorkflowId,
  },
  Attempt: {
    sql: 'SELECT o.order_no AS one FROM attempts a JOIN orders o ON o.id = a.order_id WHERE a.id = $1',
    workflowId: orderWorkflowId,
  },
  RiskCase: {
    sql: 'SELECT o.order_no AS one FROM risk_cases c JOIN orders o ON o.id = c.order_id WHERE c.id = $1',
    workflowId: orderWorkflowId,
  },
  Replenishment: {
    sql: 'SELECT replenishment_no AS one FROM replenishments WHERE id = $1',
    workflowId: replenishmentWorkflowId,
  },
  Complaint: {
    sql: 'SELECT complaint_no AS one FROM complaints WHERE id = $1',
    workflowId: complaintWorkflowId,
  },
  Statement: {
    sql: 'SELECT p.code AS one, s.period_key AS two FROM statements s JOIN platforms p ON p.id = s.platform_id WHERE s.id = $1',
    workflowId: statementWorkflowId,
  },
};

/** The run behind a record; null where it has none. */
export async function runOf(pool: Pool, entity: string, id: string): Promise<string | null> {
  const source = RUNS[entity];
  if (!source) return null;
  const { rows } = await pool.query<{ one: string; two?: string }>(source.sql, [id]);
  const row = rows[0];
  return row ? source.workflowId(row.one, row.two ?? '') : null;
}
