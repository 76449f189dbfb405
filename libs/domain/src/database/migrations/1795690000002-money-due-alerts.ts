import type { MigrationInterface, QueryRunner } from 'typeorm';
import { extendClosedList } from './closed-list.js';

export class MoneyDueAlerts1795690000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await extendClosedList(runner, {
      table: 'alerts',
      constraint: 'ck_alert_kind',
      column: 'kind',
      values: ['large-order-overdue', 'difference-overdue'],
    });
  }

  async down(): Promise<void> {
    throw new Error('Kagong migrates forward only');
  }
}
