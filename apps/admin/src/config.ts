import path from 'node:path';
import { z } from 'zod';
import type { SecondFactorRule } from '#domain';

const port = z.coerce.number().int().min(0).max(65_535);
const SESSION_SECRET_LENGTH_MIN = 32;

const schema = z.object({
  DATABASE_URL: z.url(),
  KAGONG_HOST: z.string().default('127.0.0.1'),
  KAGONG_MASTER_KEYS: z.string().min(1),
  KAGONG_FINGERPRINT_KEY: z.base64(),
  ADMIN_PORT: port.default(3001),
  ADMIN_METRICS_PORT: port.default(9466),
  ADMIN_SESSION_SECRET: z.string().min(SESSION_SECRET_LENGTH_MIN),
  ADMIN_DATABASE_CONNECTIONS: z.coerce.number().int().min(4).max(100).default(8),
  /** The address that staff type, where a proxy hides it from the panel: `https://panel.example.test`. */
  ADMIN_PUBLIC_ORIGIN: z.url().optional(),
  /** Whether owners and finance must have a second factor; `required` where the public address is https, unless it is said here. */
  ADMIN_SECOND_FACTOR: z.enum(['optional', 'required']).optional(),
  /** Addresses of reverse proxies whose X-Forwarded-For is believed, comma-separated; none by default. */
  KAGONG_TRUSTED_PROXIES: z.string().default(''),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('kagong'),
  TEMPORAL_UI_URL: z.url().default('http://127.0.0.1:8233'),
  // The panel's library reads the next three itself while it is loaded; they are only checked here.
  NODE_ENV: z.string().default('development'),
  ADMIN_JS_TMP_DIR: z
    .string()
    .refine((dir) => !path.basename(dir).startsWith('.'), 'the last folder begins with a dot')
    .default('dist/adminjs'),
  ADMIN_JS_SKIP_BUNDLE: z.enum(['true', 'false']).default('false'),
});

/** Settings of the admin app, read once from the environment. */
export class AdminConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly masterKeys: string;
  readonly fingerprintKey: Buffer;
  readonly port: number;
  readonly metricsPort: number;
  readonly sessionSecret: string;
  readonly databaseConnections: number;
  readonly publicOrigin: string | undefined;
  readonly secondFactor: SecondFactorRule;
  readonly trustedProxies: readonly string[];
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly temporalUiUrl: string;
  readonly bundleFolder: string;

  private constructor(env: z.infer<typeof schema>) {
    this.databaseUrl = env.DATABASE_URL;
    this.host = env.KAGONG_HOST;
    this.masterKeys = env.KAGONG_MASTER_KEYS;
    this.fingerprintKey = Buffer.from(env.KAGONG_FINGERPRINT_KEY, 'base64');
    this.port = env.ADMIN_PORT;
    this.metricsPort = env.ADMIN_METRICS_PORT;
    this.sessionSecret = env.ADMIN_SESSION_SECRET;
    this.databaseConnections = env.ADMIN_DATABASE_CONNECTIONS;
    this.publicOrigin = env.ADMIN_PUBLIC_ORIGIN && new URL(env.ADMIN_PUBLIC_ORIGIN).origin;
    const isPublic = this.publicOrigin?.startsWith('https:') ?? false;
    this.secondFactor = env.ADMIN_SECOND_FACTOR ?? (isPublic ? 'required' : 'optional');
    this.trustedProxies = env.KAGONG_TRUSTED_PROXIES.split(',').filter((part) => part !== '');
    this.temporal = { address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE };
    this.temporalUiUrl = env.TEMPORAL_UI_URL.replace(/\/$/, '');
    this.bundleFolder = path.resolve(env.ADMIN_JS_TMP_DIR);
    Object.freeze(this);
  }

  /** Throws one error that lists every setting that is missing or wrong. */
  static read(env: NodeJS.ProcessEnv): AdminConfig {
    const parsed = schema.safeParse(env);
    if (!parsed.success) throw new Error(`admin settings:\n${z.prettifyError(parsed.error)}`);
    return new AdminConfig(parsed.data);
  }
}
