import pg from 'pg';
import { CardVault, MasterKeys } from '#domain/stores';
import { readCounters } from './counters.js';
import { startProgram, type RunResult } from './runner.js';
import { addProduct, seedTrade, stockUp, type Seeded, type SeededProduct } from './seed.js';
import type { BenchServers, Mode } from './servers.js';

/** What one run showed; costs are per order. */
export interface Measured extends RunResult {
  readonly perSecond: number;
  readonly postgresCpuUs: number;
  readonly apiCpuUs: number;
  readonly clientCpuUs: number;
  readonly walBytes: number;
  /** Accepting transactions. */
  readonly commits: number;
  readonly apiResidentMb: number;
}

/** Cards a second of any run may use; beyond it the run would end early. */
const CARDS_PER_SECOND = 25_000;
const PLATFORMS = 8;
export const CONNECTIONS = 64;
export const BATCH_SIZE = 32;

/** Starts measured programs against one set of servers and reads what each run cost. */
export class Workbench {
  private constructor(
    private readonly servers: BenchServers,
    private readonly client: pg.Client,
    private readonly control: pg.Client,
    private readonly vault: CardVault,
    readonly seeded: Seeded,
  ) {}

  static async open(servers: BenchServers): Promise<Workbench> {
    const connect = async (database?: string): Promise<pg.Client> => {
      const client = new pg.Client({ connectionString: servers.databaseUrl(database) });
      client.on('error', () => undefined); // the query that is running reports it
      await client.connect();
      return client;
    };
    const keys = MasterKeys.parse(servers.secrets.masterKeys);
    const fingerprintKey = Buffer.from(servers.secrets.fingerprintKey, 'base64');
    const client = await connect();
    const seeded = await seedTrade(client, keys, PLATFORMS);
    const vault = new CardVault(keys, fingerprintKey);
    return new Workbench(servers, client, await connect('postgres'), vault, seeded);
  }

  async close(): Promise<void> {
    await Promise.all([this.client.end(), this.control.end()]);
  }

  /** The bare rows, in batches over two connections or one by one over eight. */
  limit(batchSize: number, connections: number, seconds: number): Promise<Measured> {
    const { databaseUrl, seeded } = this.common();
    const config = { databaseUrl, seeded, batchSize, connections, seconds };
    return this.run('limit-writer', config, this.cardsFor(seconds));
  }

  inProcess(batchSize: number, inFlight: number, seconds: number): Promise<Measured> {
    const config = { ...this.common(), batchSize, inFlight, seconds };
    return this.run('in-process', config, this.cardsFor(seconds));
  }

  /** Signed orders over HTTP, as fast as they are answered or at a fixed rate. */
  overHttp(
    mode: Mode,
    seconds: number,
    load: {
      connections?: number;
      platforms?: number;
      ratePerSecond?: number;
      product?: SeededProduct;
    } = {},
  ): Promise<Measured> {
    const { connections = CONNECTIONS, platforms = 1, ratePerSecond } = load;
    const { productId, productCode } = load.product ?? this.seeded;
    const ordersMax = Math.ceil(seconds * (ratePerSecond ?? CARDS_PER_SECOND));
    const config = {
      host: this.servers.host,
      port: this.servers.apiPort(mode),
      credentials: this.seeded.platforms.slice(0, platforms),
      productCode,
      connections,
      seconds,
      ordersMax,
      ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
    };
    return this.run('load-generator', config, { cards: ordersMax, productId }, mode);
  }

  /** A product of its own with so many cards in stock. */
  async stockedProduct(productCode: string, cards: number): Promise<SeededProduct> {
    const product = await addProduct(this.client, productCode);
    await stockUp(this.client, this.vault, product.productId, cards);
    return product;
  }

  async query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
    return (await this.client.query<Row>(sql)).rows;
  }

  private cardsFor(seconds: number): { cards: number; productId: string } {
    return { cards: seconds * CARDS_PER_SECOND, productId: this.seeded.productId };
  }

  private common(): {
    databaseUrl: string;
    masterKeys: string;
    fingerprintKey: string;
    seeded: Seeded;
  } {
    const { masterKeys, fingerprintKey } = this.servers.secrets;
    return {
      databaseUrl: this.servers.databaseUrl(),
      masterKeys,
      fingerprintKey,
      seeded: this.seeded,
    };
  }

  private async run(
    program: string,
    config: object,
    needs: { readonly cards: number; readonly productId: string },
    mode?: Mode,
  ): Promise<Measured> {
    await stockUp(this.client, this.vault, needs.productId, needs.cards);
    await this.client.query('CHECKPOINT');
    const prepared = await startProgram(program, config);
    const of = {
      postgresPid: this.servers.postgresPid,
      apiMetrics: mode && this.servers.metricsUrl(mode),
    };
    const before = await readCounters(this.control, of);
    const result = await prepared.go();
    const after = await readCounters(this.control, of);
    const us = (seconds: number): number => (seconds * 1e6) / result.orders;
    return {
      ...result,
      perSecond: result.orders / result.seconds,
      postgresCpuUs: us(after.postgresCpuSeconds - before.postgresCpuSeconds),
      apiCpuUs: us(after.apiCpuSeconds - before.apiCpuSeconds),
      clientCpuUs: us(result.cpuSeconds),
      walBytes: (after.walBytes - before.walBytes) / result.orders,
      commits:
        (result.transactions ?? after.apiTransactions - before.apiTransactions) / result.orders,
      apiResidentMb: after.apiResidentMb,
    };
  }
}
