import { isFinal, type OrderStatus } from '#domain';
import type { FulfilOrder, OrderChanged, OrderProgress } from './fulfil-order.contract.js';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** What a run knows of its order. Facts may come twice and in any order. */
export class FulfilOrderState {
  private current: OrderChanged;

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
}

function clock(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
