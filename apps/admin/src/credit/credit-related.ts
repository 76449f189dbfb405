import type { Pool } from 'pg';
import {
  AGEING_FROM_DAYS,
  ageing,
  CREDIT_PARTS,
  CREDIT_POINTS,
  isNewPlatform,
  type CreditBand,
  type CreditInputs,
  type CreditPart,
  type CreditStage,
  type DebtHistory,
} from '#domain';
import { translate, type Language, type Messages } from '#domain/i18n';
import { readDebts, readExposure } from '#domain/stores';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';

const HISTORY_DAYS = 90;
const SCORE_MAX = 1_000;
/** A bar that is quite full looks like an alarm: here it is good. */
const FULL_SHARE = 0.999;

type Text = keyof Messages['page']['credit'];
const say = (
  language: Language,
  name: Text,
  params: Readonly<Record<string, string | number>> = {},
): string => translate(language, `page.credit.${name}`, params);

interface Line {
  platform_id: string;
  account_id: string;
  balance: string;
  agreed: string;
  limit: string;
  order_floor: string;
  term_days: number;
  score: number | null;
  band: CreditBand | null;
  stage: CreditStage;
  overdue_days: number;
  identity_checked_on: string | null;
}

const READ = `
  SELECT l.platform_id, a.id AS account_id, a.balance_hao AS balance, l.agreed_hao AS agreed, l.limit_hao AS limit,
    coalesce(a.order_floor_hao, a.floor_hao) AS order_floor, l.term_days, l.score, l.band, l.stage, l.overdue_days,
    l.identity_checked_on::text
  FROM credit_lines l JOIN ledger_accounts a ON a.platform_id = l.platform_id AND a.kind = 'platform-balance' WHERE l.id = $1`;

interface ScoreLine {
  day: string;
  score: number;
  parts: Record<CreditPart, number>;
  inputs: CreditInputs;
}

/** The credit of a platform on one page: score and why, exposure against the limit, history, ageing. */
export async function creditRelated(
  pool: Pool,
  { language }: Pick<PanelStaff, 'language'>,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<Line>(READ, [id]);
  const line = rows[0];
  if (!line) return [];
  const nowMs = Date.now();
  const [scores, exposure, debts] = await Promise.all([
    pool.query<ScoreLine>(
      `SELECT day::text, score, parts, inputs FROM credit_scores WHERE platform_id = $1 ORDER BY day DESC LIMIT ${HISTORY_DAYS}`,
      [line.platform_id],
    ),
    readExposure(pool, line.platform_id),
    readDebts(
      pool,
      {
        platformId: line.platform_id,
        accountId: line.account_id,
        balanceHao: Number(line.balance),
        agreedHao: Number(line.agreed),
        termDays: line.term_days,
      },
      nowMs,
    ),
  ]);
  return [
    scoreSection(language, line, scores.rows[0]),
    exposureSection(language, line, exposure),
    historySection(language, scores.rows),
    ageingSection(language, debts, nowMs),
  ];
}

function scoreSection(
  language: Language,
  line: Line,
  latest: ScoreLine | undefined,
): RelatedSection {
  const title = say(language, 'gauge');
  if (!latest || line.score === null)
    return {
      title,
      hint: say(language, 'gaugeHint'),
      heads: [''],
      rows: [],
      empty: say(language, 'notScored'),
    };
  const { parts, inputs } = latest;
  return {
    title,
    hint: isNewPlatform(inputs) ? say(language, 'newPlatform') : say(language, 'gaugeHint'),
    facts: [
      {
        label: say(language, 'gauge'),
        value: {
          text: `${line.score} / ${SCORE_MAX}`,
          bar: Math.min(FULL_SHARE, line.score / SCORE_MAX),
        },
      },
      {
        label: translate(language, 'field.CreditLine.band'),
        value: {
          text: line.band === null ? '–' : translate(language, `enum.creditBand.${line.band}`),
          tag: line.band ?? '',
        },
      },
      {
        label: translate(language, 'field.CreditLine.stage'),
        value: {
          text: translate(language, `enum.creditStage.${line.stage}`),
          tag: line.stage === 'open' ? 'active' : line.stage,
        },
      },
    ],
    heads: [say(language, 'part'), say(language, 'points'), say(language, 'why')],
    rows: CREDIT_PARTS.map((part) => [
      { text: translate(language, `enum.creditPart.${part}`) },
      {
        text: `${parts[part]} / ${CREDIT_POINTS[part]}`,
        bar: Math.min(FULL_SHARE, parts[part] / CREDIT_POINTS[part]),
      },
      { text: reasonOf(language, part, inputs, line) },
    ]),
    empty: '',
  };
}

const percent = (share: number): string => String(Math.round(share * 1_000) / 10);

function reasonOf(language: Language, part: CreditPart, inputs: CreditInputs, line: Line): string {
  const texts: Readonly<Record<CreditPart, string>> = {
    punctuality:
      inputs.onTimeShare === null
        ? say(language, 'neverOwed')
        : say(language, 'onTime', { share: percent(inputs.onTimeShare) }),
    'worst-delay': say(language, 'longestDelay', { days: inputs.worstDelayDays }),
    tenure: say(language, 'sinceDays', {
      days: inputs.daysKnown,
      amount: shownAmount(inputs.delivered30Hao),
    }),
    disputes: say(language, 'disputedShare', { share: percent(inputs.disputedShare) }),
    concentration: say(language, 'shareOfAll', { share: percent(inputs.receivableShare) }),
    identity:
      line.identity_checked_on === null
        ? say(language, 'identityOpen')
        : say(language, 'identityChecked', { day: line.identity_checked_on }),
  };
  return texts[part];
}

function exposureSection(
  language: Language,
  line: Line,
  exposure: Awaited<ReturnType<typeof readExposure>>,
): RelatedSection {
  const limitHao = Number(line.limit);
  const freeHao = Math.max(0, Number(line.balance) - Number(line.order_floor));
  const fact = (name: Text, hao: number) => ({
    label: say(language, name),
    value: { text: shownAmount(hao) },
  });
  return {
    title: say(language, 'exposure'),
    hint:
      Number(line.agreed) === 0
        ? say(language, 'nothingAgreed')
        : line.overdue_days > 0
          ? `${say(language, 'overdue', { days: line.overdue_days })}：${say(language, 'stageHint')}`
          : say(language, 'exposureHint'),
    facts: [
      {
        label: say(language, 'exposureTotal'),
        value: {
          text: `${shownAmount(exposure.totalHao)} / ${shownAmount(limitHao)}`,
          bar: limitHao === 0 ? Number(exposure.totalHao > 0) : exposure.totalHao / limitHao,
        },
      },
      fact('receivable', exposure.receivableHao),
      fact('openOrders', exposure.openOrdersHao),
      fact('unpaidLarge', exposure.unpaidLargeHao),
      fact('deposits', exposure.depositHao),
      fact('limitNow', limitHao),
      fact('agreed', Number(line.agreed)),
      fact('free', freeHao),
    ],
  };
}

function historySection(language: Language, scores: readonly ScoreLine[]): RelatedSection {
  const title = say(language, 'history');
  if (scores.length === 0)
    return { title, heads: [''], rows: [], empty: say(language, 'noHistory') };
  return {
    title,
    hint: say(language, 'historyHint'),
    chart: {
      unit: '',
      series: [say(language, 'gauge')],
      bars: [...scores]
        .reverse()
        .map(({ day, score }) => ({ label: day.slice(5), values: [score] })),
    },
  };
}

function ageingSection(
  language: Language,
  { open, basis }: DebtHistory,
  nowMs: number,
): RelatedSection {
  const groups = ageing(open, nowMs);
  const label = (index: number): string => {
    const from = AGEING_FROM_DAYS[index] ?? 0;
    const next = AGEING_FROM_DAYS[index + 1];
    if (next === undefined) return say(language, 'daysOver', { from: from - 1 });
    return say(language, 'days', { from, to: next - 1 });
  };
  const isClear = groups.every((hao) => hao === 0);
  return {
    title: say(language, 'ageing'),
    hint: say(language, basis === 'statements' ? 'ageingByStatements' : 'ageingHint'),
    ...(isClear
      ? {}
      : {
          chart: {
            unit: translate(language, 'page.common.yuan'),
            series: [say(language, 'ageing')],
            bars: groups.map((hao, index) => ({ label: label(index), values: [hao / 10_000] })),
          },
        }),
    heads: [say(language, 'bucket'), say(language, 'amount')],
    rows: isClear
      ? []
      : groups.map((hao, index) => [
          { text: label(index) },
          { text: shownAmount(hao), isNumber: true },
        ]),
    empty: say(language, 'nothingOwed'),
  };
}
