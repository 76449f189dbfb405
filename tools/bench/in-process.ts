import { createHash, randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type pg from 'pg';
import { canonicalRequest, type OrderRequest } from '#domain';
import { openSqlPool } from '#domain/database';
import { acceptOrders, CardVault, MasterKeys, type OrderSubmission } from '#domain/stores';
import { countFlights } from './flights.js';
import { serve } from './runner.js';
import { latencyOf } from './statistics.js';
import type { Seeded } from './seed.js';

// The product's own accepting transaction, codes decrypted, without HTTP: shows what HTTP costs.

export interface InProcessConfig {
  readonly databaseUrl: string;
  readonly masterKeys: string;
  readonly fingerprintKey: string;
  readonly seeded: Seeded;
  readonly batchSize: number;
  readonly inFlight: number;
  readonly seconds: number;
}

serve<InProcessConfig>(async (config) => {
  const pool = openSqlPool(config.databaseUrl, config.inFlight, 'kagong-bench');
  const flights = countFlights(pool);
  const vault = new CardVault(
    MasterKeys.parse(config.masterKeys),
    Buffer.from(config.fingerprintKey, 'base64'),
  );
  await Promise.all(Array.from({ length: config.inFlight }, () => sell(pool, vault, config)));
  return async () => {
    const latencies: number[] = [];
    flights.reset();
    const endMs = performance.now() + config.seconds * 1000;
    await Promise.all(
      Array.from({ length: config.inFlight }, async () => {
        while (performance.now() < endMs) {
          const beganMs = performance.now();
          await sell(pool, vault, config);
          latencies.push(performance.now() - beganMs);
        }
      }),
    );
    const roundTrips = flights.count() / latencies.length;
    await pool.end();
    return {
      orders: latencies.length * config.batchSize,
      transactions: latencies.length,
      roundTrips,
      latency: latencyOf(Float64Array.from(latencies)),
    };
  };
});

async function sell(pool: pg.Pool, vault: CardVault, config: InProcessConfig): Promise<void> {
  const batch = Array.from({ length: config.batchSize }, () => submission(config.seeded));
  const options = { nowMs: Date.now(), startWorkflows: 'waiting' } as const;
  for (const answer of await acceptOrders(pool, batch, options)) {
    const [card] = answer.kind === 'accepted' ? answer.order.cards : [];
    if (!card) throw new Error(`an order was not sold: ${JSON.stringify(answer)}`);
    vault.open(card);
  }
}

function submission({ platforms, productCode }: Seeded): OrderSubmission {
  const [platform] = platforms;
  if (!platform) throw new Error('there is no platform');
  const nonce = randomBytes(16).toString('hex');
  const request: OrderRequest = {
    merchantOrderNo: nonce,
    productCode,
    quantity: 1,
    account: {},
    maxAmountHao: null,
    callbackUrl: null,
    customerNo: null,
    saleChannel: null,
    remark: null,
  };
  return {
    platformId: platform.id,
    platformCode: platform.code,
    credentialId: platform.credentialId,
    nonce,
    request,
    fingerprint: createHash('sha256').update(canonicalRequest(request)).digest('hex'),
    waitMs: 0,
  };
}
