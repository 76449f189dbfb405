import { spawn } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { MasterKeys, secretContext } from '#domain/stores';
import { createTestDatabase } from './postgres.js';
import { TEST_FINGERPRINT_KEY, TEST_MASTER_KEYS } from './sold-order.js';

/** A running api process on a database of its own. */
export interface TestApi {
  readonly url: string;
  readonly databaseUrl: string;
  readonly db: pg.Client;
  /** Starts one more process on the same database, with settings of its own; returns its address. */
  readonly another: (settings?: NodeJS.ProcessEnv) => Promise<string>;
  readonly close: () => Promise<void>;
}

const MAIN = path.resolve(import.meta.dirname, '../../dist/apps/api/src/main.js');

/** The built program, as it runs in production: `npm test` builds it first. */
export async function startTestApi(): Promise<TestApi> {
  const database = await createTestDatabase();
  const first = await startProcess(database.url);
  const processes = [first];
  const db = new pg.Client({ connectionString: database.url });
  await db.connect();
  return {
    url: first.url,
    databaseUrl: database.url,
    db,
    another: async (settings) => {
      const next = await startProcess(database.url, settings);
      processes.push(next);
      return next.url;
    },
    close: async () => {
      await Promise.all(processes.map((one) => one.stop()));
      await db.end();
      await database.drop();
    },
  };
}

async function startProcess(
  databaseUrl: string,
  settings: NodeJS.ProcessEnv = {},
): Promise<{ url: string; stop: () => Promise<void> }> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DATABASE_URL: databaseUrl,
      KAGONG_MASTER_KEYS: TEST_MASTER_KEYS,
      KAGONG_FINGERPRINT_KEY: TEST_FINGERPRINT_KEY,
      API_PORT: String(port),
      API_METRICS_PORT: String(metricsPort),
      ...settings,
    },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    const answer = await exchange(url, 'GET', '/health/ready').catch(() => undefined);
    if (answer?.status === 200) break;
    if (tries > 150 || child.exitCode !== null) throw new Error('the api did not become ready');
    await new Promise((next) => setTimeout(next, 100));
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  // The body of an answer is whatever came: a test names what it expects.
  readonly json: Record<string, never>;
}

export interface CallOptions {
  readonly headers?: Record<string, string>;
  readonly raw?: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  /** Changes the request after it was signed. */
  readonly forge?: (request: ForgedRequest) => void;
}

interface ForgedRequest {
  target: string;
  body: string;
  headers: Record<string, string>;
}

/** A platform that signs its calls as the contract says, without the product's own code. */
export class TestPlatform {
  constructor(
    private readonly api: string,
    readonly id: string,
    readonly key: string,
    readonly secret: string,
  ) {}

  /** The same platform at another api process. */
  at(url: string): TestPlatform {
    return new TestPlatform(url, this.id, this.key, this.secret);
  }

  submit(order: object, options?: CallOptions): Promise<Answer> {
    return this.call('POST', '/open/v1/orders', order, options);
  }

  order(number: string): Promise<Answer> {
    return this.call('GET', `/open/v1/orders/${number}`);
  }

  cancel(number: string): Promise<Answer> {
    return this.call('POST', `/open/v1/orders/${number}/cancel`, { reason: 'not wanted' });
  }

  /** The balance in fen. */
  async balanceFen(): Promise<number> {
    const { json } = await this.call('GET', '/open/v1/balance');
    return Math.round(Number(json['balance']) * 100);
  }

  call(
    method: string,
    target: string,
    payload?: object,
    options: CallOptions = {},
  ): Promise<Answer> {
    const body = options.raw ?? (payload === undefined ? '' : JSON.stringify(payload));
    const timestamp = options.timestamp ?? String(Math.floor(Date.now() / 1000));
    const nonce = options.nonce ?? randomBytes(16).toString('hex');
    const hash = createHash('sha256').update(body).digest('hex');
    const text = [method, target, timestamp, nonce, hash].join('\n');
    const forged: ForgedRequest = {
      target,
      body,
      headers: {
        'Kagong-Key': this.key,
        'Kagong-Timestamp': timestamp,
        'Kagong-Nonce': nonce,
        'Kagong-Signature': createHmac('sha256', this.secret).update(text).digest('hex'),
        ...(body === '' ? {} : { 'Content-Type': 'application/json' }),
        ...options.headers,
      },
    };
    options.forge?.(forged);
    return exchange(this.api, method, forged.target, forged.headers, forged.body);
  }
}

/** One HTTP exchange; rejects where no whole answer came. */
export function exchange(
  base: string,
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { hostname, port, method, path: target, headers: { ...headers, ...length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: answer,
            json: jsonOf(answer),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function jsonOf(text: string): Record<string, never> {
  try {
    return JSON.parse(text) as Record<string, never>;
  } catch {
    return {};
  }
}

/** Gives a platform row a key and a secret, and returns it as a caller. */
export async function aCaller(
  api: TestApi,
  platformId: string,
  platform: {
    readonly isSandbox?: boolean;
    readonly callbackHosts?: readonly string[];
    readonly perSecond?: number;
  } = {},
): Promise<TestPlatform> {
  const key = `ak_${randomBytes(6).toString('hex')}`;
  const secret = randomBytes(16).toString('hex');
  const sealed = MasterKeys.parse(TEST_MASTER_KEYS).seal(
    Buffer.from(secret),
    secretContext.apiCredential(key),
  );
  await api.db.query(
    `UPDATE platforms SET is_sandbox = $2, callback_hosts = $3, rate_limit_per_second = $4, rate_limit_burst = $5
     WHERE id = $1`,
    [
      platformId,
      platform.isSandbox ?? false,
      platform.callbackHosts ?? [],
      platform.perSecond ?? null,
      platform.perSecond === undefined ? null : platform.perSecond * 2,
    ],
  );
  await api.db.query(
    'INSERT INTO api_credentials (platform_id, key, secret_sealed) VALUES ($1, $2, $3)',
    [platformId, key, sealed],
  );
  return new TestPlatform(api.url, platformId, key, secret);
}
