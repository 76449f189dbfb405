import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AlertSigning1795536000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "alert_channels" ADD "secret_sealed" bytea`);
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
