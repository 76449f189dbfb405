import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SecondFactor1795800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "staff" ADD "second_factor_at" TIMESTAMP(3) WITH TIME ZONE, ADD "totp_sealed" bytea, ADD "totp_step" integer NOT NULL DEFAULT '0', ADD "recovery_hashes" text array NOT NULL DEFAULT '{}'`,
    );
    await runner.query(
      `ALTER TABLE "staff" ADD CONSTRAINT "ck_staff_second_factor" CHECK (("second_factor_at" IS NULL) = ("totp_sealed" IS NULL))`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
