import type { MigrationInterface, QueryRunner } from 'typeorm';
import { extendClosedList, type ClosedList } from './closed-list.js';
import { firstLicenceTypes } from './first-licence-types.js';

const LISTS: readonly ClosedList[] = [
  {
    table: 'orders',
    constraint: 'ck_order_fail_code',
    column: 'fail_code',
    values: ['licence-lapsed'],
  },
  {
    table: 'outbox_messages',
    constraint: 'ck_outbox_message_kind',
    column: 'kind',
    values: ['licence-changed'],
  },
  {
    table: 'alerts',
    constraint: 'ck_alert_kind',
    column: 'kind',
    values: ['licence-due', 'licence-lapsed', 'sale-stopped', 'legal-rule-old'],
  },
];

export class Licences1795730000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.products(runner);
    await this.register(runner);
    await this.gates(runner);
    await this.references(runner);
    await this.guards(runner);
    for (const list of LISTS) await extendClosedList(runner, list);
    await firstLicenceTypes(runner);
  }

  private async products(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "products" ADD "category" character varying(40) NOT NULL DEFAULT 'other'`,
    );
    await runner.query(`ALTER TABLE "products" ADD "licence_term_days" integer`);
    await runner.query(
      `ALTER TABLE "products" ADD CONSTRAINT "ck_product_category" CHECK ("category" IN ('other', 'game', 'software', 'media', 'prepaid-card', 'phone-credit', 'membership'))`,
    );
    await runner.query(
      `ALTER TABLE "products" ADD CONSTRAINT "ck_products_licence_term" CHECK ("licence_term_days" BETWEEN 1 AND 36500)`,
    );
  }

  private async register(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "licence_types" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "code" character varying(60) NOT NULL, "name" character varying(160) NOT NULL, "kind" character varying(40) NOT NULL DEFAULT 'permit', "is_perpetual" boolean NOT NULL DEFAULT false, "is_retired" boolean NOT NULL DEFAULT false, "is_upstream" boolean NOT NULL DEFAULT false, "lead_days" integer NOT NULL DEFAULT '0', "start_days" integer NOT NULL DEFAULT '60', "review_days" integer, "validity" character varying(300), "legal_step" character varying(500), "source" character varying(300), "verified_on" date, CONSTRAINT "ck_licence_type_kind" CHECK ("kind" IN ('permit', 'registration', 'contract')), CONSTRAINT "ck_licence_types_days" CHECK ("lead_days" BETWEEN 0 AND 1000 AND "start_days" BETWEEN 0 AND 1000 AND "review_days" BETWEEN 1 AND 3660), CONSTRAINT "pk_licence_types" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "ix_licence_types_code" ON "licence_types"  ("code")`);
    await runner.query(
      `CREATE TABLE "legal_rules" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "code" character varying(60) NOT NULL, "version_no" integer NOT NULL DEFAULT '1', "name" character varying(160) NOT NULL, "text" character varying(1000) NOT NULL, "lead_days" integer, "source" character varying(300) NOT NULL, "verified_on" date, "verified_by" character varying(120), "is_current" boolean NOT NULL DEFAULT true, CONSTRAINT "pk_legal_rules" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_legal_rules_code_version_no" ON "legal_rules"  ("code", "version_no")`,
    );
    await runner.query(
      `CREATE TABLE "licence_requirements" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "category" character varying(40), "product_id" uuid, "platform_id" uuid, "type_id" uuid NOT NULL, "holder" character varying(160), "territory" character varying(20) NOT NULL DEFAULT 'CN', "is_active" boolean NOT NULL DEFAULT true, "remark" character varying(300), CONSTRAINT "ck_licence_requirement_category" CHECK ("category" IN ('other', 'game', 'software', 'media', 'prepaid-card', 'phone-credit', 'membership')), CONSTRAINT "ck_licence_requirements_subject" CHECK ("category" IS NOT NULL OR "product_id" IS NOT NULL), CONSTRAINT "pk_licence_requirements" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_licence_requirements_type_id" ON "licence_requirements"  ("type_id")`,
    );
    await runner.query(
      `CREATE TABLE "licences" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "name" character varying(160) NOT NULL, "type_id" uuid NOT NULL, "holder" character varying(160) NOT NULL, "number" character varying(120) NOT NULL, "issuer" character varying(160) NOT NULL, "issued_on" date, "effective_on" date NOT NULL, "expires_on" date, "lead_days" integer NOT NULL DEFAULT '0', "apply_by" date, "review_days" integer, "reviewed_on" date, "categories" text array NOT NULL DEFAULT '{}', "product_codes" text array NOT NULL DEFAULT '{}', "platform_codes" text array NOT NULL DEFAULT '{}', "territories" text array NOT NULL DEFAULT '{}', "owner_email" character varying(120) NOT NULL, "standing" character varying(40) NOT NULL DEFAULT 'in-force', "recorded_by" character varying(120) NOT NULL DEFAULT '', "verified_by" character varying(120), "verified_at" TIMESTAMP(3) WITH TIME ZONE, "version_no" integer NOT NULL DEFAULT '1', "previous_id" uuid, "expiry_ladder" integer array NOT NULL DEFAULT '{}', "apply_ladder" integer array NOT NULL DEFAULT '{}', "next_at" TIMESTAMP(3) WITH TIME ZONE, "remark" character varying(500), CONSTRAINT "ck_licence_standing" CHECK ("standing" IN ('in-force', 'suspended', 'revoked', 'surrendered')), CONSTRAINT "ck_licences_four_eyes" CHECK (("verified_at" IS NULL) = ("verified_by" IS NULL) AND ("verified_by" IS NULL OR lower("verified_by") <> lower("recorded_by"))), CONSTRAINT "ck_licences_days" CHECK ("lead_days" BETWEEN 0 AND 1000 AND "review_days" BETWEEN 1 AND 3660), CONSTRAINT "ck_licences_apply_by" CHECK ("apply_by" IS NOT DISTINCT FROM "expires_on" - "lead_days"), CONSTRAINT "ck_licences_span" CHECK ("expires_on" IS NULL OR "expires_on" >= "effective_on"), CONSTRAINT "pk_licences" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "ix_licences_type_id" ON "licences"  ("type_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "uq_licences_previous_id" ON "licences"  ("previous_id") WHERE "previous_id" IS NOT NULL`,
    );
    await runner.query(
      `CREATE INDEX "ix_licences_next_at" ON "licences"  ("next_at") WHERE "next_at" IS NOT NULL`,
    );
    await runner.query(
      `CREATE TABLE "licence_documents" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "licence_id" uuid NOT NULL, "name" character varying(200) NOT NULL, "media_type" character varying(40) NOT NULL, "size_bytes" integer NOT NULL, "sha256" character varying(64) NOT NULL, "content" bytea NOT NULL, "uploaded_by" character varying(120) NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "ck_licence_document_media_type" CHECK ("media_type" IN ('application/pdf', 'image/png', 'image/jpeg', 'image/webp')), CONSTRAINT "ck_licence_documents_size" CHECK ("size_bytes" = octet_length("content") AND "size_bytes" > 0), CONSTRAINT "pk_licence_documents" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_licence_documents_licence_id_sha256" ON "licence_documents"  ("licence_id", "sha256")`,
    );
    await runner.query(
      `CREATE TABLE "licence_verifications" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "licence_id" uuid NOT NULL, "result" character varying(40) NOT NULL, "registry" character varying(200) NOT NULL, "note" character varying(500), "document_id" bigint, "verified_by" character varying(120) NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "ck_licence_verification_result" CHECK ("result" IN ('confirmed', 'mismatch', 'not-found')), CONSTRAINT "pk_licence_verifications" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_licence_verifications_licence_id_id" ON "licence_verifications"  ("licence_id", "id")`,
    );
    await runner.query(
      `CREATE TABLE "licence_renewals" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "licence_id" uuid NOT NULL, "status" character varying(40) NOT NULL DEFAULT 'collecting', "started_by" character varying(120) NOT NULL, "receipt_no" character varying(120), "submitted_on" date, "new_number" character varying(120), "new_issued_on" date, "new_effective_on" date, "new_expires_on" date, "received_by" character varying(120), "verified_by" character varying(120), "new_licence_id" uuid, "note" character varying(500), "ended_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "ck_licence_renewal_status" CHECK ("status" IN ('collecting', 'submitted', 'in-review', 'received', 'active', 'given-up')), CONSTRAINT "ck_licence_renewals_four_eyes" CHECK ("status" <> 'active' OR ("verified_by" IS NOT NULL AND lower("verified_by") <> lower("received_by"))), CONSTRAINT "ck_licence_renewals_received" CHECK ("status" NOT IN ('received', 'active') OR ("new_number" IS NOT NULL AND "new_effective_on" IS NOT NULL AND "received_by" IS NOT NULL)), CONSTRAINT "ck_licence_renewals_receipt" CHECK ("status" IN ('collecting', 'given-up') OR ("receipt_no" IS NOT NULL AND "submitted_on" IS NOT NULL)), CONSTRAINT "pk_licence_renewals" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_licence_renewals_licence_id" ON "licence_renewals"  ("licence_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "uq_licence_renewals_open" ON "licence_renewals"  ("licence_id") WHERE "status" IN ('collecting', 'submitted', 'in-review', 'received')`,
    );
    await runner.query(
      `CREATE TABLE "licence_messages" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "recipient" character varying(120) NOT NULL, "day" date NOT NULL, "status" character varying(40) NOT NULL DEFAULT 'due', "not_before" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "sent_at" TIMESTAMP(3) WITH TIME ZONE, "try_count" integer NOT NULL DEFAULT '0', "failure" character varying(200), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "ck_licence_message_status" CHECK ("status" IN ('due', 'sent', 'in-panel', 'dead')), CONSTRAINT "pk_licence_messages" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_licence_messages_due" ON "licence_messages"  ("not_before") WHERE "status" = 'due'`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_licence_messages_recipient_day" ON "licence_messages"  ("recipient", "day")`,
    );
    await runner.query(
      `CREATE TABLE "licence_reminders" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "subject_id" uuid NOT NULL, "clock" character varying(40) NOT NULL, "days_left" integer NOT NULL, "due_on" date NOT NULL, "recipient" character varying(120) NOT NULL, "message_id" bigint NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "ck_licence_reminder_clock" CHECK ("clock" IN ('apply-by', 'expiry', 'review', 'rule')), CONSTRAINT "pk_licence_reminders" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_licence_reminders_message_id" ON "licence_reminders"  ("message_id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_licence_reminders_subject_id_clock_due_on_recipient" ON "licence_reminders"  ("subject_id", "clock", "due_on", "recipient")`,
    );
  }

  private async gates(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "sale_gates" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "product_id" uuid NOT NULL, "platform_id" uuid, "sell_until" date, "list_until" date, "fulfil_until" date, "is_renewing" boolean NOT NULL DEFAULT false, "is_revoked" boolean NOT NULL DEFAULT false, "override_until" TIMESTAMP(3) WITH TIME ZONE, "lacks" jsonb NOT NULL DEFAULT '[]', "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "pk_sale_gates" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "uq_sale_gates_everybody" ON "sale_gates"  ("product_id") WHERE "platform_id" IS NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "uq_sale_gates_platform" ON "sale_gates"  ("product_id", "platform_id") WHERE "platform_id" IS NOT NULL`,
    );
    await runner.query(
      `CREATE TABLE "sale_gate_changes" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "product_id" uuid NOT NULL, "platform_id" uuid, "is_required" boolean NOT NULL DEFAULT true, "sell_until" date, "override_until" TIMESTAMP(3) WITH TIME ZONE, "lacks" jsonb NOT NULL DEFAULT '[]', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "pk_sale_gate_changes" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "ix_sale_gate_changes_product_id_created_at" ON "sale_gate_changes"  ("product_id", "created_at")`,
    );
    await runner.query(
      `CREATE TABLE "sale_stops" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "product_id" uuid NOT NULL, "lacks" jsonb NOT NULL DEFAULT '[]', "stopped_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ended_at" TIMESTAMP(3) WITH TIME ZONE, "ended_how" character varying(40), CONSTRAINT "ck_sale_stop_ended_how" CHECK ("ended_how" IN ('covered', 'override', 'staff')), CONSTRAINT "pk_sale_stops" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "ix_sale_stops_product_id" ON "sale_stops"  ("product_id")`);
    await runner.query(
      `CREATE UNIQUE INDEX "uq_sale_stops_open" ON "sale_stops"  ("product_id") WHERE "ended_at" IS NULL`,
    );
    await runner.query(
      `CREATE TABLE "gate_overrides" ("id" uuid NOT NULL DEFAULT uuidv7(), "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "product_id" uuid NOT NULL, "platform_id" uuid, "starts_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ends_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "reason" character varying(500) NOT NULL, "asked_by" character varying(120) NOT NULL, "approved_by" character varying(120) NOT NULL, CONSTRAINT "ck_gate_overrides_four_eyes" CHECK (lower("asked_by") <> lower("approved_by")), CONSTRAINT "ck_gate_overrides_span" CHECK ("ends_at" > "starts_at" AND "ends_at" <= "starts_at" + interval '72 hours'), CONSTRAINT "pk_gate_overrides" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "licence_notices" ("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, "order_id" bigint NOT NULL, "days_left" integer NOT NULL, "expires_on" date NOT NULL, "unit_count" integer NOT NULL, "callback_id" bigint, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "pk_licence_notices" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "ix_licence_notices_order_id_days_left" ON "licence_notices"  ("order_id", "days_left")`,
    );
  }

  private async references(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "licence_requirements" ADD CONSTRAINT "fk_licence_requirements_product_id" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licence_requirements" ADD CONSTRAINT "fk_licence_requirements_platform_id" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licence_requirements" ADD CONSTRAINT "fk_licence_requirements_type_id" FOREIGN KEY ("type_id") REFERENCES "licence_types"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licences" ADD CONSTRAINT "fk_licences_type_id" FOREIGN KEY ("type_id") REFERENCES "licence_types"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licences" ADD CONSTRAINT "fk_licences_previous_id" FOREIGN KEY ("previous_id") REFERENCES "licences"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licence_documents" ADD CONSTRAINT "fk_licence_documents_licence_id" FOREIGN KEY ("licence_id") REFERENCES "licences"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licence_verifications" ADD CONSTRAINT "fk_licence_verifications_licence_id" FOREIGN KEY ("licence_id") REFERENCES "licences"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licence_verifications" ADD CONSTRAINT "fk_licence_verifications_document_id" FOREIGN KEY ("document_id") REFERENCES "licence_documents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licence_renewals" ADD CONSTRAINT "fk_licence_renewals_licence_id" FOREIGN KEY ("licence_id") REFERENCES "licences"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licence_renewals" ADD CONSTRAINT "fk_licence_renewals_new_licence_id" FOREIGN KEY ("new_licence_id") REFERENCES "licences"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "licence_reminders" ADD CONSTRAINT "fk_licence_reminders_message_id" FOREIGN KEY ("message_id") REFERENCES "licence_messages"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "sale_gates" ADD CONSTRAINT "fk_sale_gates_product_id" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "sale_gates" ADD CONSTRAINT "fk_sale_gates_platform_id" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "sale_stops" ADD CONSTRAINT "fk_sale_stops_product_id" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "gate_overrides" ADD CONSTRAINT "fk_gate_overrides_product_id" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "gate_overrides" ADD CONSTRAINT "fk_gate_overrides_platform_id" FOREIGN KEY ("platform_id") REFERENCES "platforms"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  /** What was handed in, compared or decided stays; what a second person has verified is changed by a renewal only. */
  private async guards(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE FUNCTION count_apply_by() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.lead_days := greatest(NEW.lead_days, (SELECT lead_days FROM licence_types WHERE id = NEW.type_id));
        NEW.apply_by := NEW.expires_on - NEW.lead_days;
        RETURN NEW;
      END $$`);
    await runner.query(`CREATE TRIGGER apply_by_follows BEFORE INSERT OR UPDATE OF expires_on, lead_days, type_id ON licences
      FOR EACH ROW EXECUTE FUNCTION count_apply_by()`);
    for (const table of ['licence_documents', 'licence_verifications', 'sale_gate_changes'])
      await runner.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await runner.query(`CREATE CONSTRAINT TRIGGER verified_stays AFTER UPDATE OF type_id, holder, number, effective_on, expires_on, categories,
        product_codes, platform_codes, territories, verified_by, verified_at ON licences
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.verified_at IS NOT NULL) EXECUTE FUNCTION refuse_change()`);
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
