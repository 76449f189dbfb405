import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const count = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const schema = z.object({
  DATABASE_URL: z.url(),
  KAGONG_HOST: z.string().default('127.0.0.1'),
  KAGONG_MASTER_KEYS: z.string().min(1),
  KAGONG_FINGERPRINT_KEY: z.base64(),
  ORDER_WORKFLOWS: z.enum(['all', 'waiting']).default('all'),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('kagong'),
  /** Where suppliers reach our api with their notifications; without it they are asked. */
  SUPPLY_NOTIFY_URL: z.url().optional(),
  /** For rehearsals: the waits towards suppliers run so many times as fast. */
  SUPPLY_CLOCK_SPEED: z.coerce.number().min(1).max(1_000).default(1),
  /** Where alerts by e-mail leave: `smtp://user:password@host:587`; without it none is sent. */
  ALERT_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  ALERT_MAIL_FROM: z.string().min(3).default('kagong@localhost'),
  WORKER_METRICS_PORT: port.default(9465),
  WORKER_DATABASE_CONNECTIONS: count(3, 100).default(10),
  /** How many runs the relay starts at once; more of them slow the accepting of orders on a small machine. */
  WORKER_STARTS_IN_FLIGHT: count(1, 200).default(16),
});

/** Settings of the worker app, read once from the environment. */
export class WorkerConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly masterKeys: string;
  readonly fingerprintKey: Buffer;
  readonly orderWorkflows: 'all' | 'waiting';
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly supplyNotifyUrl: string | undefined;
  readonly supplyClockSpeed: number;
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  readonly metricsPort: number;
  readonly databaseConnections: number;
  readonly startsInFlight: number;

  private constructor(env: z.infer<typeof schema>) {
    this.databaseUrl = env.DATABASE_URL;
    this.host = env.KAGONG_HOST;
    this.masterKeys = env.KAGONG_MASTER_KEYS;
    this.fingerprintKey = Buffer.from(env.KAGONG_FINGERPRINT_KEY, 'base64');
    this.orderWorkflows = env.ORDER_WORKFLOWS;
    this.temporalAddress = env.TEMPORAL_ADDRESS;
    this.temporalNamespace = env.TEMPORAL_NAMESPACE;
    this.supplyNotifyUrl = env.SUPPLY_NOTIFY_URL?.replace(/\/+$/, '');
    this.supplyClockSpeed = env.SUPPLY_CLOCK_SPEED;
    this.mail = { smtpUrl: env.ALERT_SMTP_URL, from: env.ALERT_MAIL_FROM };
    this.metricsPort = env.WORKER_METRICS_PORT;
    this.databaseConnections = env.WORKER_DATABASE_CONNECTIONS;
    this.startsInFlight = env.WORKER_STARTS_IN_FLIGHT;
    Object.freeze(this);
  }

  /** Throws one error that lists every setting that is missing or wrong. */
  static read(env: NodeJS.ProcessEnv = process.env): WorkerConfig {
    // Compose hands a setting that nobody has made over as an empty text.
    const made = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
    const parsed = schema.safeParse(made);
    if (!parsed.success) throw new Error(`worker settings:\n${z.prettifyError(parsed.error)}`);
    return new WorkerConfig(parsed.data);
  }
}
