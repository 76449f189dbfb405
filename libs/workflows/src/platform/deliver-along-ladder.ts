import { ActivityFailure, isCancellation, proxyActivities, sleep } from '@temporalio/workflow';
import { CALLBACK } from '../activity-profiles.js';
import type {
  CallbackEnd,
  CallbackStep,
  CallbackTarget,
  PlatformActivities,
} from './platform.activities.js';

const { tryCallback } = proxyActivities<PlatformActivities>({
  ...CALLBACK,
  summary: '回调平台 call the platform back',
});

/** Steps of one round: the ladder's tries and the short waits for a create reply, with room to spare. */
const STEPS_MAX = 1_000;
/** After a step whose worker died: short, because nothing is known about the receiver. */
const BROKEN_STEP_DELAY_MS = 5_000;
const BROKEN_STEP_DELAY_MAX_MS = 300_000;

/** Tries until the platform has acknowledged or the ladder is at its end. The waits are decided by the activity. */
export async function deliverAlongLadder(
  target: CallbackTarget,
  onStep: (tryCount: number) => void,
): Promise<CallbackEnd> {
  let brokenSteps = 0;
  for (let stepNo = 1; stepNo <= STEPS_MAX; stepNo += 1) {
    const step = await oneStep(target);
    brokenSteps = step ? 0 : brokenSteps + 1;
    if (step) onStep(step.tryCount);
    if (step?.kind === 'ended') return step.end;
    await sleep(step ? step.delayMs : brokenDelayMs(brokenSteps), {
      summary: '等待下一次回调 wait for the next try',
    });
  }
  return 'dead';
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
