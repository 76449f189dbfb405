import {
  guardOf,
  judgeQuery,
  type CreateOutcome,
  type QueryFacts,
  type QueryReply,
  type QueryVerdict,
  type SuppliedCard,
} from '#domain';
import { ADAPTERS, type Adapter, type Connection, type CreateRequest } from '#domain/protocol';
import type { Ledger, LedgerOrder } from '../../tools/simulator/control.js';
import type { Step } from '../../tools/simulator/plan.js';
import { Simulator } from '../../tools/simulator/simulator.js';
import { exchange } from './supplier-exchange.js';

export const MINUTE_MS = 60_000;
export const CARD_HAO = 98_500;
export const TOP_UP_HAO = 50_000;

/** Secrets as long as the sealed cards of the protocol demand. */
const SECRET_LENGTHS: Readonly<Record<string, number>> = { kayixin: 32, xinghai: 16 };

export const connectionOf = (protocol: string, salt = 'demo'): Connection => ({
  account: '10001',
  secret: `${salt}-key-${protocol}`.padEnd(32, '0').slice(0, SECRET_LENGTHS[protocol] ?? 20),
});

/** One supplier of the simulator and our side of the connection to it. */
export class SupplierBench {
  private nextNo = 0;

  private constructor(
    readonly simulator: Simulator,
    readonly adapter: Adapter,
    readonly code: string,
    readonly connection: Connection,
  ) {}

  static async open(
    simulator: Simulator,
    protocol: string,
    code = protocol,
  ): Promise<SupplierBench> {
    const adapter = ADAPTERS[protocol];
    if (!adapter) throw new Error(`no protocol ${protocol}`);
    const connection = connectionOf(protocol);
    const bench = new SupplierBench(simulator, adapter, code, connection);
    await bench.control('/control/suppliers', {
      code,
      protocol,
      ...connection,
      balanceHao: 10_000_000_000,
      products: [
        { id: '555', kind: 'card', priceHao: CARD_HAO },
        { id: '777', kind: 'top-up', priceHao: TOP_UP_HAO },
      ],
    });
    return bench;
  }

  get baseUrl(): string {
    return `${this.simulator.url}/s/${this.code}`;
  }

  async control(path: string, body?: object): Promise<unknown> {
    const reply = await fetch(
      `${this.simulator.url}${path}`,
      body ? { method: 'POST', body: JSON.stringify(body) } : {},
    );
    if (!reply.ok) throw new Error(await reply.text());
    return reply.json();
  }

  script(...script: readonly Step[]): Promise<unknown> {
    return this.control(`/control/suppliers/${this.code}/behaviour`, { script });
  }

  async ledger(): Promise<readonly LedgerOrder[]> {
    const { suppliers } = (await this.control('/control/ledger')) as Ledger;
    return suppliers.find(({ code }) => code === this.code)?.orders ?? [];
  }

  async ledgerOrder(attemptNo: string): Promise<LedgerOrder | undefined> {
    return (await this.ledger()).find((order) => order.attemptNo === attemptNo);
  }

  /** How often this number was submitted, taken or not. */
  async submissions(attemptNo: string): Promise<number> {
    const { suppliers } = (await this.control('/control/ledger')) as Ledger;
    return suppliers.find(({ code }) => code === this.code)?.submissions[attemptNo] ?? 0;
  }

  request(given: Partial<CreateRequest> = {}): CreateRequest {
    this.nextNo += 1;
    const kind = given.kind ?? this.adapter.kinds[0] ?? 'card';
    const isTopUp = kind === 'top-up';
    const quantity = given.quantity ?? Math.min(2, this.adapter.limits.quantityMax[kind]);
    return {
      attemptNo: `T${String(this.nextNo).padStart(6, '0')}`,
      kind,
      supplierProductId: isTopUp ? '777' : '555',
      account: isTopUp ? { account: '13800000000' } : {},
      guard: guardOf(isTopUp ? TOP_UP_HAO : CARD_HAO, quantity),
      callbackUrl: undefined,
      ...given,
      quantity,
    };
  }

  async create(
    request: CreateRequest,
    {
      connection = this.connection,
      baseUrl = this.baseUrl,
    }: { readonly connection?: Connection; readonly baseUrl?: string } = {},
  ): Promise<CreateOutcome> {
    const wire = this.adapter.encodeCreate(request, connection, Date.now());
    return this.adapter.decodeCreate(await exchange(baseUrl, wire), request, connection);
  }

  async query(request: CreateRequest): Promise<QueryReply> {
    const key = { ...request, supplierOrderNo: undefined };
    const wire = this.adapter.encodeQuery(key, this.connection, Date.now());
    return this.adapter.decodeQuery(await exchange(this.baseUrl, wire), key, this.connection);
  }

  /** Asks once and judges the answer as of some minutes after the submission. */
  async verdict(
    request: CreateRequest,
    ageMs: number,
    facts: Partial<QueryFacts> = {},
  ): Promise<QueryVerdict> {
    return judgeQuery(await this.query(request), {
      kind: request.kind,
      quantity: request.quantity,
      sentAtMs: 0,
      nowMs: ageMs,
      graceMs: this.adapter.limits.notFoundGraceMs,
      firstNotFoundAtMs: undefined,
      historyEndsAtMs: undefined,
      giveUpAtMs: 24 * 60 * MINUTE_MS,
      ...facts,
    });
  }

  /** Asks until the verdict is one of these, for at most three seconds. */
  async verdictOf(request: CreateRequest, wanted: QueryVerdict['verdict']): Promise<QueryVerdict> {
    const until = Date.now() + 3_000;
    for (;;) {
      const verdict = await this.verdict(request, 10 * MINUTE_MS);
      if (verdict.verdict === wanted || Date.now() > until) return verdict;
      await pause(20);
    }
  }
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export const startSimulator = (): Promise<Simulator> =>
  Simulator.start({ port: 0, seed: 'conformance', notifyRetryMs: 50 });

export const numbers = (cards: readonly SuppliedCard[]): string[] =>
  cards.map(({ cardNo }) => cardNo);
export const ledgerNumbers = (order: LedgerOrder | undefined): string[] =>
  (order?.cards ?? []).map(({ no }) => no);
