import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CostFloor1795660200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "supply_routes" ADD "cost_floor_hao" bigint`);
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
