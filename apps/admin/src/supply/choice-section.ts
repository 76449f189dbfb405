import {
  ROUTE_PARTS,
  ROUTE_POINTS,
  scoreOf,
  type SupplyCandidate,
  type SupplyChoice,
} from '#domain';
import { translate, type Language } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection } from '../components/views.js';
import { shownAmount } from '../resource/shown-amount.js';

export const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`;
export const seconds = (ms: number | null): string =>
  ms === null ? '–' : `${(ms / 1_000).toFixed(1)} s`;

/** Sources as they were ranked: how each does in every respect, its score, or the reason against it. */
export function choiceSection(
  language: Language,
  title: string,
  choice: SupplyChoice,
): RelatedSection {
  const say = (name: Head): string => translate(language, `page.supply.${name}`);
  const last = decisiveOf(choice);
  const heads: Head[] = ['source', 'state', 'cost', 'meters', 'success', 'latency', 'breaker'];
  return {
    title,
    hint: hintOf(language, choice),
    heads: [...heads.map(say), last.head(language)],
    rows: choice.candidates.map((one, index) => [
      { text: one.supplierCode, to: recordPage('SupplyRoute', one.routeId) },
      standing(language, one, index),
      { text: shownAmount(one.costHao), isNumber: true },
      meters(language, one),
      { text: one.successRate === null ? '–' : percent(one.successRate), isNumber: true },
      { text: seconds(one.latencyMs), isNumber: true },
      {
        text: translate(language, `enum.breakerState.${one.breaker}`),
        tag: `breaker-${one.breaker}`,
      },
      { text: last.text(one), isNumber: true },
    ]),
    empty: translate(language, 'page.supply.noSource'),
  };
}

type Head =
  'source' | 'state' | 'cost' | 'meters' | 'success' | 'latency' | 'breaker' | 'share' | 'score';

function hintOf(language: Language, { strategy }: SupplyChoice): string {
  if (strategy === 'person') return translate(language, 'page.supply.byPerson');
  const name = translate(language, `enum.supplyStrategy.${strategy}`);
  const rule = translate(language, `enum.strategyRule.${strategy}`);
  const metersHint = translate(language, 'page.supply.metersHint');
  return language === 'en' ? `${name}: ${rule} ${metersHint}` : `${name}：${rule}${metersHint}`;
}

/** First, second …, or why it may not have the order. */
function standing(language: Language, one: SupplyCandidate, index: number): RelatedCell {
  if (one.ineligible !== null)
    return { text: translate(language, `enum.ineligibleReason.${one.ineligible}`), tag: 'none' };
  return index === 0
    ? { text: translate(language, 'page.supply.first'), tag: 'chosen' }
    : { text: translate(language, 'page.supply.second', { rank: index + 1 }), tag: 'standby' };
}

function meters(language: Language, { parts }: SupplyCandidate): RelatedCell {
  if (!parts) return { text: '–' };
  return {
    text: '',
    meters: ROUTE_PARTS.map((part) => ({
      label: `${translate(language, `enum.routePart.${part}`)} ${percent(parts[part])} (${Math.round(parts[part] * ROUTE_POINTS[part] * 10) / 10} / ${ROUTE_POINTS[part]})`,
      share: parts[part],
    })),
  };
}

/** What decides under this strategy: the priority, the share, or the points. */
function decisiveOf(choice: SupplyChoice): {
  readonly head: (language: Language) => string;
  readonly text: (one: SupplyCandidate) => string;
} {
  switch (choice.strategy) {
    case 'priority':
      return {
        head: (language) => translate(language, 'field.SupplyRoute.priority'),
        text: ({ priority }) => String(priority),
      };
    case 'percentage':
      return {
        head: (language) => translate(language, 'page.supply.share'),
        text: (one) => shareOf(one, choice),
      };
    default:
      return { head: (language) => translate(language, 'page.supply.score'), text: pointsOf };
  }
}

/** Points of a hundred; choices of earlier versions kept only the number that ranked. */
const pointsOf = ({ parts, score, priority }: SupplyCandidate): string =>
  parts ? scoreOf('balanced', parts, priority).toFixed(1) : score === null ? '–' : String(score);

function shareOf(one: SupplyCandidate, { candidates }: SupplyChoice): string {
  const total = candidates
    .filter(({ ineligible }) => ineligible === null)
    .reduce((sum, { weight }) => sum + weight, 0);
  return one.ineligible !== null || total === 0 ? '–' : percent(one.weight / total);
}
