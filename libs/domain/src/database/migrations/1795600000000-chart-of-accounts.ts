import type { MigrationInterface, QueryRunner } from 'typeorm';
import { widenClosedList } from './closed-list.js';

const ACCOUNT_KINDS = [
  'platform-balance',
  'platform-held',
  'platform-deposit',
  'platform-prepayment',
  'bank',
  'settlement-in-transit',
  'refund-payable',
  'revenue',
  'platform-fee',
  'rounding',
  'supplier-balance',
  'cost-of-goods',
  'supplier-claims',
  'granted-cost',
  'compensation-cost',
  'bad-debt',
  'suspense-long',
  'suspense-short',
];

const ENTRY_KINDS = [
  'order-charge',
  'order-refund',
  'platform-top-up',
  'supply-cost',
  'supply-refund',
  'platform-grant',
  'grant-expiry',
  'platform-payout',
  'deposit-received',
  'deposit-returned',
  'deposit-used',
  'hold',
  'hold-posted',
  'hold-voided',
  'hold-expired',
  'large-order-payment',
  'large-order-release',
  'large-order-refund',
  'statement-payment',
  'platform-fee',
  'settlement-adjustment',
  'suspense',
  'suspense-cleared',
  'rounding',
  'write-off',
  'compensation',
  'compensation-recovery',
  'claim-recovered',
  'claim-written-off',
  'manual',
  'reversal',
];

/** Accounts that exist once and keep no cached balance: they would make one queue of all that is booked. */
const SHARED_ACCOUNTS = [
  'settlement-in-transit',
  'refund-payable',
  'platform-fee',
  'granted-cost',
  'compensation-cost',
  'bad-debt',
  'suspense-long',
  'suspense-short',
];

export class ChartOfAccounts1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await widenClosedList(runner, {
      table: 'ledger_accounts',
      constraint: 'ck_ledger_account_kind',
      column: 'kind',
      values: ACCOUNT_KINDS,
    });
    await widenClosedList(runner, {
      table: 'ledger_entries',
      constraint: 'ck_ledger_entry_kind',
      column: 'kind',
      values: ENTRY_KINDS,
    });
    await runner.query(
      `CREATE UNIQUE INDEX "ix_ledger_accounts_kind_platform_id" ON "ledger_accounts" ("kind", "platform_id") WHERE "platform_id" IS NOT NULL`,
    );
    await runner.query(
      `INSERT INTO ledger_accounts (code, kind) SELECT kind, kind FROM unnest($1::text[]) AS a(kind)`,
      [SHARED_ACCOUNTS],
    );
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
