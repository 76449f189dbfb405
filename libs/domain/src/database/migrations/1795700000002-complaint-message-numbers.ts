import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ComplaintMessageNumbers1795700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "complaint_messages" ADD "merchant_message_no" character varying(64)`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "uq_complaint_messages_merchant_no" ON "complaint_messages" ("complaint_id", "merchant_message_no") WHERE "merchant_message_no" IS NOT NULL`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
