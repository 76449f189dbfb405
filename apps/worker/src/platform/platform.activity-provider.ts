import { Context } from '@temporalio/activity';
import type { CallbackStep, CallbackTarget, PlatformActivities } from '#workflows';
import type { CallbackSender } from './callback-sender.js';

const HEARTBEAT_MS = 2_000;

/** Lets workflows send callbacks. */
export class PlatformActivityProvider implements PlatformActivities {
  constructor(private readonly sender: CallbackSender) {}

  async tryCallback(target: CallbackTarget): Promise<CallbackStep> {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
    try {
      return await this.sender.step(target);
    } finally {
      clearInterval(beat);
    }
  }
}
