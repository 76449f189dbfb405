import { fillWaitingOrders, type FillResult } from '#domain/stores';
import { openSqlPool } from '#domain/database';
import { aCaller, startTestApi, type Answer, type TestApi, type TestPlatform } from './api.js';
import { aTrade } from './sold-order.js';
import type { TestProduct } from './trade.js';

/** A running api with what the tests of orders keep asking for. */
export class TestShop {
  private serial = 0;

  private constructor(readonly api: TestApi) {}

  static async open(): Promise<TestShop> {
    return new TestShop(await startTestApi());
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** A submit under a number of its own. */
  anOrder(product: Pick<TestProduct, 'code'>, quantity = 1, more: object = {}) {
    this.serial += 1;
    return { merchantOrderNo: `T${this.serial}`, productCode: product.code, quantity, ...more };
  }

  /** A platform with 10 000 yuan and a key. */
  async aPlatform(options: Parameters<typeof aCaller>[2] = {}): Promise<TestPlatform> {
    const { platformId } = await aTrade(this.api.db, { cards: 0 });
    return aCaller(this.api, platformId, options);
  }

  /** What the worker does when cards have arrived. */
  async fill(product: TestProduct): Promise<FillResult> {
    const pool = openSqlPool(this.api.databaseUrl, 2, 'test');
    try {
      return await fillWaitingOrders(pool, { productId: product.id, nowMs: Date.now() });
    } finally {
      await pool.end();
    }
  }
}

/** The card numbers in these answers. */
export function codesOf(answers: readonly Answer[]): string[] {
  return answers.flatMap((one) =>
    ((one.json['cards'] ?? []) as { cardNo: string }[]).map((card) => card.cardNo),
  );
}
