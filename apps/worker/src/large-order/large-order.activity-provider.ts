import type { Pool } from 'pg';
import type { Actor } from '#domain';
import {
  acceptStage,
  advanceLargeOrder,
  hearOfDeadline,
  hearOfPayment,
  type LargeOrderStanding,
} from '#domain/stores';
import type {
  AcceptStageAsk,
  ExtendDeadlineAsk,
  LargeOrderActivities,
  OrderActivities,
  OrderRef,
  RecordPayment,
  StageProgress,
  StagesAdvanced,
} from '#workflows';
import { namedActor } from '../order/named-actor.js';

const WORKFLOW: Actor = { kind: 'system', name: 'workflow' };

/** The steps of a large order, each one transaction of the stores. All may run twice. */
export class LargeOrderActivityProvider implements LargeOrderActivities {
  constructor(
    private readonly pool: Pool,
    /** Suppliers fill a stage that was let go as they fill any order. */
    private readonly orders: Pick<OrderActivities, 'advanceOrder'>,
    private readonly now: () => number | Promise<number> = Date.now,
  ) {}

  async advanceStages({ orderId }: OrderRef): Promise<StagesAdvanced> {
    const standing = await this.advance(orderId);
    if (standing.status !== 'processing') return { ...standing, calls: [] };
    const supply = await this.orders.advanceOrder({ orderId });
    // Supply may have ended the order: then its stages are closed at once.
    if (supply.status !== 'processing') return { ...(await this.advance(orderId)), calls: [] };
    const wakes = [standing.wakeAtMs, supply.wakeAtMs].filter((atMs) => atMs !== null);
    const { status, version, calls } = supply;
    return {
      ...standing,
      status,
      version,
      calls,
      wakeAtMs: wakes.length === 0 ? null : Math.min(...wakes),
    };
  }

  private async advance(orderId: string): Promise<LargeOrderStanding> {
    const nowMs = await this.now();
    return advanceLargeOrder(this.pool, { orderId, actor: WORKFLOW, nowMs, isOfRun: true });
  }

  async recordStagePayment(input: OrderRef & RecordPayment): Promise<StageProgress> {
    const actor = await namedActor(this.pool, input.actor);
    return progressOf(await hearOfPayment(this.pool, { ...input, actor, nowMs: await this.now() }));
  }

  async acceptDeliveredStage(input: OrderRef & AcceptStageAsk): Promise<StageProgress> {
    const actor = await namedActor(this.pool, input.actor);
    return progressOf(await acceptStage(this.pool, { ...input, actor, nowMs: await this.now() }));
  }

  async extendStageDeadline(input: OrderRef & ExtendDeadlineAsk): Promise<StageProgress> {
    const actor = await namedActor(this.pool, input.actor);
    return progressOf(
      await hearOfDeadline(this.pool, { ...input, actor, nowMs: await this.now() }),
    );
  }
}

const progressOf = (standing: LargeOrderStanding): StageProgress => {
  const { status, phase, stageNo, isPaused, dueAtMs } = standing;
  return { status, phase, stageNo, isPaused, dueAtMs };
};
