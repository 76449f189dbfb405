import type { Pool } from 'pg';
import { shanghaiDate } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { nextPeakPlanId, readPeakPlan } from '#domain/stores';
import type { DashboardView } from '../components/views.js';
import { shownCount } from '../resource/shown-amount.js';
import { countdownOf } from './peak-page.js';

/** The plan that is going on or comes next, as the first page tells of it. */
export async function nextPeak(
  pool: Pool,
  language: Language,
  nowMs: number,
): Promise<DashboardView['peak']> {
  const planId = await nextPeakPlanId(pool, nowMs);
  const plan = planId && (await readPeakPlan(pool, { planId, nowMs }));
  if (!plan) return null;
  const missing = plan.lines.reduce((sum, line) => sum + line.missing, 0);
  return {
    id: plan.planId,
    name: plan.name,
    countdown: countdownOf(language, plan, shanghaiDate(nowMs)),
    missing:
      missing === 0
        ? translate(language, 'page.stock.enough')
        : translate(language, 'page.stock.missingNow', { count: shownCount(missing) }),
    isShort: missing > 0,
  };
}
