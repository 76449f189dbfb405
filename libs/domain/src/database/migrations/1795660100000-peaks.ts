import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Peaks1795660100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "peak_plans" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(80) NOT NULL, "starts_on" date NOT NULL, "ends_on" date NOT NULL, "lead_days" integer NOT NULL DEFAULT '7', "is_active" boolean NOT NULL DEFAULT true, "remark" character varying(300), CONSTRAINT "ck_peak_plans_days" CHECK ("ends_on" >= "starts_on" AND "lead_days" BETWEEN 0 AND 90), CONSTRAINT "pk_peak_plans" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "ix_peak_plans_ends_on" ON "peak_plans"  ("ends_on")`);
    await runner.query(
      `CREATE TABLE "peak_lines" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "plan_id" uuid NOT NULL, "product_id" uuid NOT NULL, "factor" double precision, "quantity" integer, "base_per_day" double precision NOT NULL DEFAULT '0', CONSTRAINT "ck_peak_lines_sizes" CHECK ("factor" > 0 AND "factor" <= 100 AND "quantity" > 0 AND "base_per_day" >= 0), CONSTRAINT "ck_peak_lines_uplift" CHECK (("factor" IS NULL) <> ("quantity" IS NULL)), CONSTRAINT "pk_peak_lines" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "ix_peak_lines_product_id" ON "peak_lines"  ("product_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "ix_peak_lines_plan_id_product_id" ON "peak_lines"  ("plan_id", "product_id")`,
    );
    await runner.query(
      `CREATE TABLE "capacity_requests" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "line_id" uuid NOT NULL, "supplier_id" uuid NOT NULL, "quantity" integer NOT NULL, "status" character varying(40) NOT NULL DEFAULT 'asked', "confirmed_quantity" integer, "confirmed_price_hao" bigint, "contact" character varying(120), "note" character varying(300), "answered_by" character varying(160), "answered_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "ck_capacity_request_status" CHECK ("status" IN ('asked', 'confirmed', 'declined', 'used')), CONSTRAINT "ck_capacity_requests_quantity" CHECK ("quantity" > 0), CONSTRAINT "ck_capacity_requests_confirmed" CHECK ("status" NOT IN ('confirmed', 'used') OR ("confirmed_quantity" > 0 AND "confirmed_price_hao" > 0)), CONSTRAINT "pk_capacity_requests" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_capacity_requests_line_id" ON "capacity_requests"  ("line_id")`,
    );
    await runner.query(
      `CREATE INDEX "ix_capacity_requests_supplier_id" ON "capacity_requests"  ("supplier_id")`,
    );
    await runner.query(
      `ALTER TABLE "stock_runways" ADD "peak_per_hour" double precision NOT NULL DEFAULT '0'`,
    );
    await runner.query(
      `ALTER TABLE "peak_lines" ADD CONSTRAINT "fk_peak_lines_plan_id" FOREIGN KEY ("plan_id") REFERENCES "peak_plans"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "peak_lines" ADD CONSTRAINT "fk_peak_lines_product_id" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "capacity_requests" ADD CONSTRAINT "fk_capacity_requests_line_id" FOREIGN KEY ("line_id") REFERENCES "peak_lines"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "capacity_requests" ADD CONSTRAINT "fk_capacity_requests_supplier_id" FOREIGN KEY ("supplier_id") REFERENCES "suppliers"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
