import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SavedViews1795685000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "saved_views" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "staff_id" uuid NOT NULL, "resource" character varying(60) NOT NULL, "name" character varying(60) NOT NULL, "query" character varying(2000) NOT NULL, "is_shared" boolean NOT NULL DEFAULT false, CONSTRAINT "uq_saved_views_staff_id_resource_name" UNIQUE ("staff_id", "resource", "name"), CONSTRAINT "pk_saved_views" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_saved_views_shared" ON "saved_views"  ("resource") WHERE "is_shared"`,
    );
    await runner.query(
      `ALTER TABLE "saved_views" ADD CONSTRAINT "fk_saved_views_staff_id" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(`CREATE INDEX "ix_customers_customer_no" ON "customers" ("customer_no")`);
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
