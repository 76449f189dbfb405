import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { control, type Controlled } from './control.js';
import { DIALECTS } from './dialects/index.js';
import { Notifier } from './notifier.js';
import { SimulatedSupplier, type SupplierSetup } from './simulated-supplier.js';
import { SupplierTraffic } from './supplier-traffic.js';

const BODY_BYTES_MAX = 1024 * 1024;

export interface SimulatorOptions {
  readonly host?: string;
  readonly port: number;
  readonly seed?: string;
  /** Pause before an unacknowledged notification is repeated; the vendors take minutes. */
  readonly notifyRetryMs?: number;
}

/** Many suppliers on one port: each under `/s/CODE`, all steered under `/control`. */
export class Simulator implements Controlled {
  readonly suppliers = new Map<string, SimulatedSupplier>();
  notifier: Notifier;
  private readonly server = http.createServer((request, response) => {
    this.serve(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      reply(response, 400, { error: message });
    });
  });
  private seed: string;

  private constructor(private readonly options: SimulatorOptions) {
    this.seed = options.seed ?? '1';
    this.notifier = new Notifier(options.notifyRetryMs ?? 5_000);
  }

  static async start(options: SimulatorOptions): Promise<Simulator> {
    const simulator = new Simulator(options);
    await new Promise<void>((resolve, reject) => {
      simulator.server.once('error', reject);
      simulator.server.listen(options.port, options.host ?? '127.0.0.1', resolve);
    });
    return simulator;
  }

  get url(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `http://${address}:${port}`;
  }

  add(setup: SupplierSetup): void {
    if (!/^[\w-]{1,40}$/.test(setup.code ?? '')) throw new Error('a supplier needs a code');
    if (!Object.hasOwn(DIALECTS, setup.protocol))
      throw new Error(`nobody here speaks ${setup.protocol}`);
    if (!setup.account || !setup.secret || !Array.isArray(setup.products))
      throw new Error('a supplier needs account, secret and products');
    this.suppliers.set(setup.code, new SimulatedSupplier(setup, this.seed));
  }

  reset(seed: string): void {
    this.seed = seed;
    this.suppliers.clear();
    this.notifier.stop();
    this.notifier = new Notifier(this.options.notifyRetryMs ?? 5_000);
  }

  async stop(): Promise<void> {
    this.notifier.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://simulator');
    const body = await bodyOf(request);
    if (pathname.startsWith('/control/')) {
      const given = { method: request.method ?? 'GET', path: pathname, body };
      const done = control(this, given);
      return reply(response, done.status, done.body);
    }
    const [, code = '', path = ''] = /^\/s\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
    const supplier = this.suppliers.get(code);
    const dialect = supplier && DIALECTS[supplier.setup.protocol];
    if (!dialect) return reply(response, 404, { error: `no supplier at ${pathname}` });
    const traffic = new SupplierTraffic(supplier, dialect, this.notifier);
    const headers = request.headers as Record<string, string | undefined>;
    traffic.handle({ path, headers, body, nowMs: Date.now() }, response);
  }
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw new Error('the body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: http.ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
