import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { isDatabaseAway } from '#domain/database';
import {
  adapterFor,
  maskReply,
  maskRequest,
  type Adapter,
  type Exchange,
  type SuppliedProduct,
  type WireRequest,
} from '#domain/protocol';
import {
  claimReading,
  noteBalance,
  noteProducts,
  noteReadFault,
  recordWire,
  type DueReading,
  type MasterKeys,
} from '#domain/stores';
import type { WireCall } from '#domain';
import { pause } from '../pause.js';
import { SupplierConnections, type SupplierTarget } from './supplier-connections.js';
import type { SupplierHttp } from './supplier-http.js';

const LOOK_EVERY_MS = 5_000;
const PAGES_MAX = 50;
/** Suppliers that are read at the same time: one that is slow holds up no other. */
const LANES = 4;

const NEVER = new AbortController().signal;

export interface SupplierHealthParts {
  readonly pool: Pool;
  readonly masterKeys: MasterKeys;
  readonly http: SupplierHttp;
}

/** Reads what suppliers say of our balance, and of price, stock and sale of their products; each is one worker's turn. */
export class SupplierHealthLoop {
  private readonly logger = new Logger(SupplierHealthLoop.name);
  private readonly connections: SupplierConnections;

  constructor(private readonly parts: SupplierHealthParts) {
    this.connections = new SupplierConnections(parts.pool, parts.masterKeys);
  }

  async run(stop: AbortSignal): Promise<void> {
    await Promise.all(Array.from({ length: LANES }, () => this.lane(stop)));
  }

  private async lane(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const hasRead = await this.readNext(stop).catch((error: unknown) => {
        if (!isDatabaseAway(error)) this.logger.error('reading a supplier broke', error);
        return false;
      });
      if (!hasRead) await pause(LOOK_EVERY_MS, stop);
    }
  }

  /** Reads one supplier that is due; false where none is. */
  async readNext(stop = NEVER): Promise<boolean> {
    const due = await claimReading(this.parts.pool, Date.now());
    if (!due) return false;
    const target = await this.connections.of(due.supplierId);
    const fault = await this.read(target, due, stop);
    if (fault !== undefined)
      await noteReadFault(this.parts.pool, { supplierId: due.supplierId, fault });
    return true;
  }

  private async read(
    target: SupplierTarget,
    due: DueReading,
    stop: AbortSignal,
  ): Promise<string | undefined> {
    const adapter = adapterFor(target.protocol);
    if (due.readsProducts && adapter.canListProducts) {
      const fault = await this.readProducts(target, adapter, stop);
      if (fault !== undefined) return fault;
      await pause(queryPauseMs(target, adapter), stop);
    }
    return due.readsBalance ? this.readBalance(target, adapter) : undefined;
  }

  private async readBalance(target: SupplierTarget, adapter: Adapter): Promise<string | undefined> {
    const wire = adapter.encodeBalance(target.connection, Date.now());
    const exchange = await this.call(target, 'balance', wire, (reply) => {
      const read = adapter.decodeBalance(reply);
      return read.outcome === 'balance' ? undefined : read.cause;
    });
    const read = adapter.decodeBalance(exchange);
    if (read.outcome !== 'balance') return `balance: ${read.cause}`;
    await noteBalance(this.parts.pool, {
      supplierId: target.supplierId,
      balanceHao: read.balanceHao,
      nowMs: Date.now(),
    });
    return undefined;
  }

  /** Page after page at the supplier's pace, until one is not full or brings nothing new. */
  private async readProducts(
    target: SupplierTarget,
    adapter: Adapter,
    stop: AbortSignal,
  ): Promise<string | undefined> {
    const { size, everyMs } = adapter.productPages;
    const products = new Map<string, SuppliedProduct>();
    for (let page = 1; page <= PAGES_MAX; page += 1) {
      if (page > 1) await pause(Math.max(everyMs, queryPauseMs(target, adapter)), stop);
      const wire = adapter.encodeProducts(page, target.connection, Date.now());
      const exchange = await this.call(target, 'products', wire, (reply) => {
        const read = adapter.decodeProducts(reply);
        return read.outcome === 'products' ? undefined : read.cause;
      });
      const read = adapter.decodeProducts(exchange);
      if (read.outcome !== 'products') return `products: ${read.cause}`;
      const known = products.size;
      for (const product of read.products) products.set(product.supplierProductId, product);
      const isLast = size !== undefined && read.products.length + read.unreadable < size;
      if (isLast || products.size === known) break;
    }
    await noteProducts(this.parts.pool, {
      supplierId: target.supplierId,
      products: [...products.values()],
      nowMs: Date.now(),
    });
    return undefined;
  }

  /** A reading that worked leaves its facts; only one that failed leaves its exchange as evidence. */
  private async call(
    target: SupplierTarget,
    call: WireCall,
    wire: WireRequest,
    faultOf: (exchange: Exchange) => string | undefined,
  ): Promise<Exchange> {
    const { exchange, durationMs } = await this.parts.http.call(wire, target);
    const fault = faultOf(exchange);
    if (fault !== undefined)
      await recordWire(this.parts.pool, {
        supplierId: target.supplierId,
        attemptId: null,
        call,
        result: exchange.result,
        request: maskRequest(wire, target.connection),
        reply: maskReply(exchange, target.connection),
        httpStatus: exchange.result === 'reply' ? exchange.status : null,
        durationMs,
        verdict: `no information: ${fault}`,
      });
    return exchange;
  }
}

/** The least time between two calls: what the supplier allows for queries, or its protocol does. */
function queryPauseMs({ queriesPerSecond }: SupplierTarget, { limits }: Adapter): number {
  const ofProtocol = Math.min(...Object.values(limits.query).map(({ perSecond }) => perSecond));
  return 1_000 / (queriesPerSecond ?? ofProtocol);
}
