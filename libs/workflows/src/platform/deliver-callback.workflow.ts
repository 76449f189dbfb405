import { ActivityFailure, isCancellation, proxyActivities, sleep } from '@temporalio/workflow';
import { CALLBACK } from '../activity-profiles.js';
import type { DeliverCallback, DeliverCallbackResult } from './deliver-callback.contract.js';
import type { CallbackStep, CallbackTarget, PlatformActivities } from './platform.activities.js';

const { tryCallback } = proxyActivities<PlatformActivities>({
  ...CALLBACK,
  summary: '回调平台 call the platform back',
});

/** More than any ladder has steps. */
const STEPS_MAX = 1_000;
/** After a step whose worker died: short, because nothing is known about the receiver. */
const BROKEN_STEP_DELAY_MS = 5_000;
const BROKEN_STEP_DELAY_MAX_MS = 300_000;

/**
 * Tries again until the platform has acknowledged or the ladder is at its end. The waits are decided by the activity, so
 * that a changed ladder never disturbs a run.
 */
export async function deliverCallback(input: DeliverCallback): Promise<DeliverCallbackResult> {
  const { callbackId, triesBefore } = input;
  let delayMs = input.firstDelayMs;
  let brokenSteps = 0;
  for (let stepNo = 1; stepNo <= STEPS_MAX; stepNo += 1) {
    await sleep(delayMs, { summary: '等待下一次回调 wait for the next try' });
    const step = await oneStep({ callbackId, triesBefore });
    if (step?.kind === 'ended') return { end: step.end };
    brokenSteps = step ? 0 : brokenSteps + 1;
    delayMs = step ? step.delayMs : brokenDelayMs(brokenSteps);
  }
  return { end: 'dead' };
}

/** Undefined where the step itself broke: its worker died or could not reach the database. */
async function oneStep(target: CallbackTarget): Promise<CallbackStep | undefined> {
  try {
    return await tryCallback(target);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return undefined;
  }
}

function brokenDelayMs(brokenSteps: number): number {
  return Math.min(BROKEN_STEP_DELAY_MS * 2 ** (brokenSteps - 1), BROKEN_STEP_DELAY_MAX_MS);
}
