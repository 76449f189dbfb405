import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Settlement1795630000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "settlement_agreements" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "platform_id" uuid NOT NULL, "version_no" integer NOT NULL DEFAULT '1', "status" character varying(40) NOT NULL DEFAULT 'draft', "valid_from" date NOT NULL, "valid_to" date, "cycle" character varying(40) NOT NULL, "due_method" character varying(40) NOT NULL DEFAULT 'credit-used', "term_kind" character varying(40) NOT NULL, "term_days" integer NOT NULL, "base_event" character varying(40) NOT NULL DEFAULT 'period-end', "roll_rule" character varying(40) NOT NULL DEFAULT 'following', "pay_weekday" integer, "cut_off_minutes" integer NOT NULL DEFAULT '1440', "calendar_id" character varying(60) NOT NULL DEFAULT 'statutory', "objection_days" integer NOT NULL DEFAULT '3', "dunning_days" integer array NOT NULL DEFAULT '{}', "issues_itself" boolean NOT NULL DEFAULT true, "breach_terms" character varying(1000), "document_ref" character varying(300), "created_by" character varying(120) NOT NULL DEFAULT '', "approved_by" character varying(120), CONSTRAINT "ck_settlement_agreement_status" CHECK ("status" IN ('draft', 'active', 'ended')), CONSTRAINT "ck_settlement_agreement_cycle" CHECK ("cycle" IN ('day', 'week', 'half-month', 'month')), CONSTRAINT "ck_settlement_agreement_due_method" CHECK ("due_method" IN ('credit-used', 'delivered-value')), CONSTRAINT "ck_settlement_agreement_term_kind" CHECK ("term_kind" IN ('T', 'D')), CONSTRAINT "ck_settlement_agreement_base_event" CHECK ("base_event" IN ('period-end', 'issued', 'confirmed')), CONSTRAINT "ck_settlement_agreement_roll_rule" CHECK ("roll_rule" IN ('none', 'following', 'modified-following')), CONSTRAINT "ck_settlement_agreements_four_eyes" CHECK ("status" = 'draft' OR ("approved_by" IS NOT NULL AND lower("approved_by") <> lower("created_by"))), CONSTRAINT "ck_settlement_agreements_span" CHECK ("valid_to" IS NULL OR "valid_to" >= "valid_from" - 1), CONSTRAINT "ck_settlement_agreements_objection_days" CHECK ("objection_days" BETWEEN 0 AND 90), CONSTRAINT "ck_settlement_agreements_pay_weekday" CHECK ("pay_weekday" BETWEEN 1 AND 7), CONSTRAINT "ck_settlement_agreements_cut_off_minutes" CHECK ("cut_off_minutes" BETWEEN 0 AND 1440), CONSTRAINT "ck_settlement_agreements_term_days" CHECK ("term_days" BETWEEN 0 AND 366), CONSTRAINT "pk_settlement_agreements" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_settlement_agreements_running" ON "settlement_agreements"  ("platform_id") WHERE "status" = 'active' AND "valid_to" IS NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_settlement_agreements_platform_id_version_no" ON "settlement_agreements"  ("platform_id", "version_no")`,
    );
    await runner.query(
      `CREATE TABLE "statements" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "statement_no" character varying(80) NOT NULL, "platform_id" uuid NOT NULL, "agreement_id" uuid NOT NULL, "period_key" character varying(20) NOT NULL, "period_from" date NOT NULL, "period_to" date NOT NULL, "starts_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ends_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "status" character varying(40) NOT NULL, "opening_hao" bigint NOT NULL, "orders_hao" bigint NOT NULL, "refunds_hao" bigint NOT NULL, "compensation_hao" bigint NOT NULL, "fees_hao" bigint NOT NULL, "top_ups_hao" bigint NOT NULL, "payments_hao" bigint NOT NULL, "others_hao" bigint NOT NULL, "closing_hao" bigint NOT NULL, "line_count" integer NOT NULL, "due_hao" bigint NOT NULL, "adjusted_hao" bigint NOT NULL DEFAULT '0', "paid_hao" bigint NOT NULL DEFAULT '0', "written_off_hao" bigint NOT NULL DEFAULT '0', "outstanding_hao" bigint NOT NULL, "held_hao" bigint NOT NULL DEFAULT '0', "due_on" date, "is_due_estimated" boolean NOT NULL DEFAULT false, "latest_due_on" date, "issued_at" TIMESTAMP(3) WITH TIME ZONE, "confirmed_at" TIMESTAMP(3) WITH TIME ZONE, "settled_at" TIMESTAMP(3) WITH TIME ZONE, "next_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "ck_statement_status" CHECK ("status" IN ('draft', 'issued', 'confirmed', 'part-paid', 'paid', 'disputed', 'overdue', 'written-off')), CONSTRAINT "ck_statements_not_overpaid" CHECK ("outstanding_hao" >= 0 AND "held_hao" BETWEEN 0 AND "due_hao"), CONSTRAINT "ck_statements_outstanding_hao" CHECK ("outstanding_hao" = "due_hao" + "adjusted_hao" - "paid_hao" - "written_off_hao"), CONSTRAINT "ck_statements_closing_hao" CHECK ("closing_hao" = "opening_hao" + "orders_hao" + "refunds_hao" + "compensation_hao" + "fees_hao" + "top_ups_hao" + "payments_hao" + "others_hao"), CONSTRAINT "pk_statements" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_statements_statement_no" ON "statements"  ("statement_no")`,
    );
    await runner.query(
      `CREATE INDEX "ix_statements_next_at" ON "statements"  ("next_at") WHERE "next_at" IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX "ix_statements_platform_id_period_to" ON "statements"  ("platform_id", "period_to")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_statements_platform_id_period_key" ON "statements"  ("platform_id", "period_key")`,
    );
    await runner.query(
      `CREATE TABLE "statement_disputes" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "statement_id" uuid NOT NULL, "status" character varying(40) NOT NULL DEFAULT 'open', "amount_hao" bigint NOT NULL, "order_id" bigint, "reason" character varying(500) NOT NULL, "opened_by" character varying(120) NOT NULL, "conceded_hao" bigint NOT NULL DEFAULT '0', "resolution" character varying(500), "resolved_by" character varying(120), "resolved_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "ck_statement_dispute_status" CHECK ("status" IN ('open', 'resolved', 'withdrawn')), CONSTRAINT "ck_statement_disputes_conceded_hao" CHECK ("conceded_hao" BETWEEN 0 AND "amount_hao"), CONSTRAINT "ck_statement_disputes_amount_hao" CHECK ("amount_hao" > 0), CONSTRAINT "pk_statement_disputes" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_statement_disputes_statement_id" ON "statement_disputes"  ("statement_id")`,
    );
    await runner.query(
      `CREATE TABLE "statement_events" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "statement_id" uuid NOT NULL, "type" character varying(40) NOT NULL, "actor" character varying(120) NOT NULL, "step" integer, "detail" jsonb, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "ck_statement_event_type" CHECK ("type" IN ('drafted', 'issued', 'confirmed', 'payment', 'payment-arrived', 'dispute-opened', 'dispute-resolved', 'overdue', 'reminder', 'due-changed', 'write-off', 'settled')), CONSTRAINT "pk_statement_events" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_statement_events_reminder" ON "statement_events"  ("statement_id", "step") WHERE "type" = 'reminder'`,
    );
    await runner.query(
      `CREATE INDEX "ix_statement_events_statement_id_id" ON "statement_events"  ("statement_id", "id")`,
    );
    await runner.query(
      `CREATE TABLE "statement_lines" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "statement_id" uuid NOT NULL, "posting_id" bigint NOT NULL, "entry_id" bigint NOT NULL, "kind" character varying(40) NOT NULL, "order_id" bigint, "amount_hao" bigint NOT NULL, "posted_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "pk_statement_lines" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_statement_lines_posting_id" ON "statement_lines"  ("posting_id")`,
    );
    await runner.query(
      `CREATE INDEX "ix_statement_lines_order_id" ON "statement_lines"  ("order_id")`,
    );
    await runner.query(
      `CREATE INDEX "ix_statement_lines_statement_id_id" ON "statement_lines"  ("statement_id", "id")`,
    );
    await runner.query(
      `CREATE TABLE "statement_payments" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "statement_id" uuid NOT NULL, "amount_hao" bigint NOT NULL, "source" character varying(40) NOT NULL, "bank_reference" character varying(60) NOT NULL, "received_on" date NOT NULL, "note" character varying(200), "recorded_by" character varying(120) NOT NULL, "arrived_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "ck_statement_payment_source" CHECK ("source" IN ('bank', 'in-transit', 'balance')), CONSTRAINT "ck_statement_payments_amount_hao" CHECK ("amount_hao" > 0), CONSTRAINT "pk_statement_payments" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_statement_payments_statement_id" ON "statement_payments"  ("statement_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_statement_payments_bank_reference" ON "statement_payments"  ("bank_reference")`,
    );
    await runner.query(
      `ALTER TABLE "settlement_agreements" ADD CONSTRAINT "fk_settlement_agreements_platform_id" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "statements" ADD CONSTRAINT "fk_statements_platform_id" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "statements" ADD CONSTRAINT "fk_statements_agreement_id" FOREIGN KEY ("agreement_id") REFERENCES "settlement_agreements"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "statement_disputes" ADD CONSTRAINT "fk_statement_disputes_statement_id" FOREIGN KEY ("statement_id") REFERENCES "statements"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "statement_events" ADD CONSTRAINT "fk_statement_events_statement_id" FOREIGN KEY ("statement_id") REFERENCES "statements"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "statement_lines" ADD CONSTRAINT "fk_statement_lines_statement_id" FOREIGN KEY ("statement_id") REFERENCES "statements"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "statement_payments" ADD CONSTRAINT "fk_statement_payments_statement_id" FOREIGN KEY ("statement_id") REFERENCES "statements"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
