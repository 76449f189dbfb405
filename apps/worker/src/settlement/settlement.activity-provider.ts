import type { Pool } from 'pg';
import { advanceStatement, closeStatement, openPeriods, type StatementStand } from '#domain/stores';
import type { CloseStatement, SettlementActivities, StatementStep } from '#workflows';

/** The steps of statements, each one transaction of the stores. All may run twice. */
export class SettlementActivityProvider implements SettlementActivities {
  constructor(private readonly pool: Pool) {}

  planStatements(): Promise<readonly CloseStatement[]> {
    return openPeriods(this.pool, Date.now());
  }

  async makeStatement(period: CloseStatement): Promise<StatementStep | null> {
    const nowMs = Date.now();
    const stand = await closeStatement(this.pool, { ...period, nowMs });
    return stand ? step(stand, nowMs) : null;
  }

  async watchStatement({ statementId }: { readonly statementId: string }): Promise<StatementStep> {
    const nowMs = Date.now();
    return step(await advanceStatement(this.pool, { statementId, nowMs }), nowMs);
  }
}

const step = (
  { id, statementNo, status, nextAtMs }: StatementStand,
  nowMs: number,
): StatementStep => ({
  statementId: id,
  statementNo,
  status,
  waitMs: nextAtMs === null ? null : Math.max(1_000, nextAtMs - nowMs),
});
