import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HeldInPart1795686000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "balance_holds" ADD "posted_hao" bigint`);
    await runner.query(
      `UPDATE "balance_holds" SET "posted_hao" = "amount_hao" WHERE "status" = 'posted'`,
    );
    await runner.query(
      `ALTER TABLE "balance_holds" ADD CONSTRAINT "ck_balance_holds_posted" CHECK (("status" = 'posted') = ("posted_hao" IS NOT NULL) AND "posted_hao" BETWEEN 1 AND "amount_hao")`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
