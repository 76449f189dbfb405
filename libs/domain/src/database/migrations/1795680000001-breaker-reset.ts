import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BreakerReset1795680000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "supply_routes" ADD "breaker_reset_at" TIMESTAMP(3) WITH TIME ZONE`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
