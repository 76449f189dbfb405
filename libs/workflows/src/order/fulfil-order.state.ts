import { isFinal, SHANGHAI_OFFSET_MS, type OrderStatus } from '#domain';
import type { SupplyCall } from '../supply/supply.activities.js';
import type { OrderAdvanced } from './order.activities.js';
import type { FulfilOrder, OrderChanged, OrderProgress } from './fulfil-order.contract.js';

/** Longer than nearly every call. */
const CALL_MAX_MS = 60_000;

/** What a run knows of its order. Facts may come twice and in any order. */
export class FulfilOrderState {
  private current: OrderChanged;
  private heard = false;
  private readonly supplierCodes = new Set<string>();

  constructor(private readonly input: FulfilOrder) {
    this.current = { status: input.status, version: input.version };
  }

  get status(): OrderStatus {
    return this.current.status;
  }

  get isFinal(): boolean {
    return isFinal(this.current.status);
  }

  /** Takes in how the order stands; tells whether its status is another one now. A final status never changes. */
  learn(fact: OrderChanged): boolean {
    if (this.isFinal || fact.version < this.current.version) return false;
    const isNews = fact.status !== this.current.status;
    this.current = { status: fact.status, version: fact.version };
    return isNews;
  }

  /** Something has happened: the database is to be looked at again. */
  hear(): void {
    this.heard = true;
  }

  /** From here on only what is heard anew counts. */
  listen(): void {
    this.heard = false;
  }

  get hasNews(): boolean {
    return this.heard || this.isFinal;
  }

  /** Something was heard since the run last listened, be the order final or not. */
  get hasFreshNews(): boolean {
    return this.heard;
  }

  /** Takes down whom the order has gone to; tells whether there is a new one. */
  noteSuppliers(calls: readonly SupplyCall[]): boolean {
    const before = this.supplierCodes.size;
    for (const { supplierCode } of calls) this.supplierCodes.add(supplierCode);
    return this.supplierCodes.size > before;
  }

  get suppliers(): string[] {
    return [...this.supplierCodes];
  }

  /**
   * How long to wait for the next step; undefined where only news can bring it. While calls are under way their end is
   * news: only what is due sooner than they may last is worth a timer.
   */
  waitMs(wakeAtMs: number | null, nowMs: number, callCount: number): number | undefined {
    if (wakeAtMs === null) return undefined;
    const waitMs = Math.max(1, wakeAtMs - nowMs);
    return callCount > 0 && waitMs > CALL_MAX_MS ? undefined : waitMs;
  }

  /** Milliseconds to the deadline, or undefined where there is none. */
  timeLeftMs(nowMs: number): number | undefined {
    const { deadlineAtMs } = this.input;
    return deadlineAtMs === null ? undefined : Math.max(0, deadlineAtMs - nowMs);
  }

  progress(): OrderProgress {
    return {
      ...this.current,
      phase: this.isFinal ? 'done' : 'waiting',
      deadlineAtMs: this.input.deadlineAtMs,
    };
  }

  /** What ops read at the top of the run's page. */
  waitingDetails(): string {
    const { productCode, quantity, deadlineAtMs } = this.input;
    if (deadlineAtMs === null)
      return `等待处理：${productCode} × ${quantity}\nWaiting: ${productCode} × ${quantity}`;
    const beijing = clock(deadlineAtMs + SHANGHAI_OFFSET_MS);
    return (
      `等待库存：${productCode} × ${quantity}，${beijing}（北京时间）到期后失败并退款\n` +
      `Waiting for stock: ${productCode} × ${quantity}; fails and is refunded at ${clock(deadlineAtMs)} UTC`
    );
  }

  /** What ops read while suppliers are at work. */
  supplyDetails({ calls, wakeAtMs }: OrderAdvanced): string {
    const sources = this.suppliers.join(', ');
    const next =
      wakeAtMs === null ? '' : `\n下一步 next: ${clock(wakeAtMs + SHANGHAI_OFFSET_MS)}（北京时间）`;
    if (sources === '') return this.waitingDetails() + next;
    const now = calls.map(
      ({ kind, supplierCode, attemptNo }) => `${kind} ${supplierCode} ${attemptNo}`,
    );
    return `货源 suppliers: ${sources}\n${now.join('\n')}${next}`;
  }
}

function clock(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
