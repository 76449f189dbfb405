import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  DATABASE_URL: z.url(),
  KAGONG_HOST: z.string().default('127.0.0.1'),
  KAGONG_MASTER_KEYS: z.string().min(1),
  KAGONG_FINGERPRINT_KEY: z.base64(),
  API_PORT: port.default(3000),
  API_METRICS_PORT: port.default(9464),
  /** How many api processes share the platforms' requests: each counts rate limits by itself and grants its share. */
  API_PROCESSES: z.coerce.number().int().min(1).max(100).default(1),
  API_DATABASE_CONNECTIONS: z.coerce.number().int().min(4).max(200).default(12),
  /** Addresses of reverse proxies whose X-Forwarded-For is believed, comma-separated; none by default. */
  KAGONG_TRUSTED_PROXIES: z.string().default(''),
  /** Where the public page is written as files, to be served elsewhere; none by default. */
  STATUS_DIR: z.string().default(''),
  /** How the api is reached from outside, for links in feeds: `https://status.example.com`. */
  PUBLIC_URL: z.string().default(''),
  ORDER_WORKFLOWS: z.enum(['all', 'waiting']).default('all'),
});

/** Settings of the api app, read once from the environment. */
export class ApiConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly masterKeys: string;
  readonly fingerprintKey: Buffer;
  readonly port: number;
  readonly metricsPort: number;
  readonly processes: number;
  readonly databaseConnections: number;
  readonly trustedProxies: readonly string[];
  readonly statusFolder: string | undefined;
  readonly publicUrl: string;
  readonly orderWorkflows: 'all' | 'waiting';

  private constructor(env: z.infer<typeof schema>) {
    this.databaseUrl = env.DATABASE_URL;
    this.host = env.KAGONG_HOST;
    this.masterKeys = env.KAGONG_MASTER_KEYS;
    this.fingerprintKey = Buffer.from(env.KAGONG_FINGERPRINT_KEY, 'base64');
    this.port = env.API_PORT;
    this.metricsPort = env.API_METRICS_PORT;
    this.processes = env.API_PROCESSES;
    this.databaseConnections = env.API_DATABASE_CONNECTIONS;
    this.trustedProxies = env.KAGONG_TRUSTED_PROXIES.split(',').filter((part) => part !== '');
    this.statusFolder = env.STATUS_DIR === '' ? undefined : env.STATUS_DIR;
    this.publicUrl =
      env.PUBLIC_URL === ''
        ? `http://${env.KAGONG_HOST}:${env.API_PORT}`
        : env.PUBLIC_URL.replace(/\/+$/, '');
    this.orderWorkflows = env.ORDER_WORKFLOWS;
    Object.freeze(this);
  }

  /** Throws one error that lists every setting that is missing or wrong. */
  static read(env: NodeJS.ProcessEnv): ApiConfig {
    const parsed = schema.safeParse(env);
    if (!parsed.success) throw new Error(`api settings:\n${z.prettifyError(parsed.error)}`);
    return new ApiConfig(parsed.data);
  }
}
