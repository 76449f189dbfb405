import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PeakLineLabel1795660300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "peak_lines" ADD "label" character varying(160) NOT NULL DEFAULT ''`,
    );
    await runner.query(
      `UPDATE peak_lines l SET label = k.name || ' · ' || p.code FROM peak_plans k, products p
       WHERE k.id = l.plan_id AND p.id = l.product_id`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
