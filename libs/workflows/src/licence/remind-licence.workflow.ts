import {
  condition,
  continueAsNew,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { SHANGHAI_OFFSET_MS } from '#domain';
import { DATABASE } from '../activity-profiles.js';
import type { LicenceActivities } from './licence.activities.js';
import {
  licenceChanged,
  licenceClock,
  type RemindLicence,
  type RemindLicenceResult,
} from './remind-licence.contract.js';

const { lookAtLicence } = proxyLocalActivities<LicenceActivities>({
  ...DATABASE,
  summary: '资质时钟 licence clocks',
});

/** Rows can be changed behind its back: it looks once a week at least. */
const LOOK_EVERY_MS = 7 * 24 * 3_600_000;

/**
 * The two clocks of a licence, for as long as it lives: it sleeps until the next step of a ladder, has what is due told, and
 * sleeps again. What it slept through is told when it wakes: the database knows what was told, not the run.
 */
export async function remindLicence(input: RemindLicence): Promise<RemindLicenceResult> {
  let hasNews = false;
  let looks = 0;
  let told = 0;
  let nextAt: string | null = null;
  setHandler(licenceChanged, () => {
    hasNews = true;
  });
  setHandler(licenceClock, () => ({ looks, told, nextAt }));
  for (;;) {
    hasNews = false;
    const look = await lookAtLicence(input);
    looks += 1;
    told += look.told;
    if (look.waitMs === null) {
      if (hasNews) continue;
      return { end: 'silent' };
    }
    nextAt = shanghaiText(Date.now() + look.waitMs);
    setCurrentDetails(`下一次提醒检查 next look: ${nextAt}（北京时间）\n已写提醒 told: ${told}`);
    await condition(() => hasNews, Math.min(look.waitMs, LOOK_EVERY_MS), {
      summary: '等待下一个提醒日 wait for the next step',
    });
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof remindLicence>(input);
  }
}

const shanghaiText = (atMs: number): string =>
  new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
