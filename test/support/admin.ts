import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { STAFF_ROLES, type StaffRole } from '#domain';
import { createTestDatabase } from './postgres.js';
import { TEST_FINGERPRINT_KEY, TEST_MASTER_KEYS } from './sold-order.js';

export const STAFF_PASSWORD = 'a long pass phrase';
const MAIN = path.resolve(import.meta.dirname, '../../dist/apps/admin/src/main.js');
const BUNDLE = path.resolve(import.meta.dirname, '../../dist/adminjs');

/** A running admin process on a database of its own, with one person of every role. */
export interface TestAdmin {
  readonly url: string;
  readonly metricsUrl: string;
  readonly databaseUrl: string;
  readonly db: pg.Client;
  /** What the process has written. */
  readonly output: () => string;
  readonly close: () => Promise<void>;
}

export const emailOf = (role: StaffRole): string => `${role}@panel.example.test`;

/** The built program, as it runs in production: `npm test` builds it first. Temporal is away unless an address is given. */
export async function startTestAdmin(
  settings: {
    readonly temporalAddress?: string;
    readonly temporalUiUrl?: string;
    readonly secondFactor?: 'required';
  } = {},
): Promise<TestAdmin> {
  const database = await createTestDatabase();
  const db = new pg.Client({ connectionString: database.url });
  await db.connect();
  const passwordHash = await hash(STAFF_PASSWORD, { memoryCost: 19_456, timeCost: 2 });
  await db.query(
    `INSERT INTO staff (email, name, role, password_hash)
     SELECT role || '@panel.example.test', '测试 ' || role, role, $2 FROM unnest($1::text[]) AS r(role)`,
    [[...STAFF_ROLES], passwordHash],
  );
  const [port, metricsPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      KAGONG_MASTER_KEYS: TEST_MASTER_KEYS,
      KAGONG_FINGERPRINT_KEY: TEST_FINGERPRINT_KEY,
      ADMIN_SESSION_SECRET: 'a secret of the tests, long enough',
      ADMIN_PORT: String(port),
      ADMIN_METRICS_PORT: String(metricsPort),
      ADMIN_JS_TMP_DIR: BUNDLE,
      ADMIN_JS_SKIP_BUNDLE: 'true',
      ADMIN_SECOND_FACTOR: settings.secondFactor ?? 'optional',
      TEMPORAL_ADDRESS: settings.temporalAddress ?? '127.0.0.1:1',
      TEMPORAL_UI_URL: settings.temporalUiUrl ?? 'http://127.0.0.1:8233',
    },
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    const isReady = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) break;
    if (tries > 200 || child.exitCode !== null)
      throw new Error(`the panel did not become ready:\n${output}`);
    await new Promise((next) => setTimeout(next, 100));
  }
  return {
    url,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    databaseUrl: database.url,
    db,
    output: () => output,
    close: async () => {
      child.kill('SIGTERM');
      await gone;
      await db.end();
      await database.drop();
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

export interface PanelAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The body as JSON; throws where it is none. */
  readonly json: () => PanelJson;
}

/** What the panel answers, as far as tests look at it. */
export interface PanelJson {
  readonly [name: string]: PanelJsonValue;
}
export type PanelJsonValue =
  string | number | boolean | null | undefined | PanelJson | readonly PanelJsonValue[];

/** One browser: keeps its cookie and says where it comes from. */
export class PanelClient {
  cookie = '';

  constructor(private readonly url: string) {}

  async get(path: string, headers: Record<string, string> = {}): Promise<PanelAnswer> {
    return this.send(path, { headers: { Accept: 'application/json', ...headers } });
  }

  /** JSON, as our own pages send it. */
  async post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<PanelAnswer> {
    return this.send(path, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        Origin: this.url,
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }

  /** A form, as the panel's library sends it. */
  async form(path: string, fields: Record<string, string>): Promise<PanelAnswer> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.send(path, {
      method: 'POST',
      headers: { Accept: 'application/json', Origin: this.url },
      body,
    });
  }

  async logIn(email: string, password = STAFF_PASSWORD, query = ''): Promise<PanelAnswer> {
    return this.door(`/admin/login${query}`, { email, password });
  }

  /** A form of the pages before the panel. */
  async door(path: string, fields: Record<string, string>): Promise<PanelAnswer> {
    return this.send(path, {
      method: 'POST',
      headers: { Origin: this.url, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  async send(path: string, init: RequestInit): Promise<PanelAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        ...(init.headers as Record<string, string>),
        ...(this.cookie === '' ? {} : { Cookie: this.cookie }),
      },
    });
    for (const cookie of response.headers.getSetCookie())
      this.cookie = cookie.split(';', 1)[0] ?? '';
    const text = await response.text();
    return {
      status: response.status,
      text,
      headers: response.headers,
      json: () => JSON.parse(text) as PanelJson,
    };
  }
}

/** The value where it is a text; fails where it is none. */
export function textIn(value: PanelJsonValue): string {
  if (typeof value !== 'string') throw new Error(`not a text: ${JSON.stringify(value)}`);
  return value;
}

export async function asStaff(admin: TestAdmin, role: StaffRole): Promise<PanelClient> {
  const client = new PanelClient(admin.url);
  const answer = await client.logIn(emailOf(role));
  if (answer.status !== 303) throw new Error(`${role} cannot log in: ${answer.status}`);
  return client;
}
