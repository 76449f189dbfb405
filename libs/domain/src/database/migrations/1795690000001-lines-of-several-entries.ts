import type { MigrationInterface, QueryRunner } from 'typeorm';
import { extendClosedList } from './closed-list.js';

export class LinesOfSeveralEntries1795690000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await extendClosedList(runner, {
      table: 'reconciliation_matches',
      constraint: 'ck_reconciliation_match_pass',
      column: 'pass',
      values: ['exact', 'typed', 'composite', 'pair', 'receipt', 'person', 'together'],
    });
    await runner.query('DROP INDEX "uq_reconciliation_matches_line"');
    await runner.query(
      `CREATE UNIQUE INDEX "uq_reconciliation_matches_line" ON "reconciliation_matches" ("line_id") WHERE "line_id" IS NOT NULL AND "status" <> 'refused' AND "pass" <> 'together'`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
