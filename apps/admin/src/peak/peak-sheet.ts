import { expectedPerDay, shareOf, type PeakUplift } from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { Sheet } from '../http/sheet-download.js';
import type { PeakNeed, PeakPlanView, PlatformDemand } from '#domain/stores';

/** What staff plan with: needs, what there is, and what is missing. */
export function planSheet(language: Language, plan: PeakPlanView): Sheet {
  const text = (
    name:
      | 'period'
      | 'expected'
      | 'perDay'
      | 'inStock'
      | 'reserved'
      | 'onOrder'
      | 'confirmed'
      | 'missing',
  ): string => translate(language, `page.stock.${name}`);
  return {
    title: plan.name,
    heads: [
      translate(language, 'field.Product.code'),
      translate(language, 'field.Product.name'),
      text('period'),
      text('expected'),
      text('perDay'),
      text('inStock'),
      text('reserved'),
      text('onOrder'),
      text('confirmed'),
      text('missing'),
    ],
    rows: plan.lines.map((line) => [
      line.productCode,
      line.productName,
      periodOf(plan),
      line.expected,
      Math.ceil(expectedPerDay(line)),
      line.inStock,
      line.reserved,
      line.onOrder,
      line.confirmed,
      line.missing,
    ]),
  };
}

export const periodOf = ({ startsOn, endsOn }: Pick<PeakUplift, 'startsOn' | 'endsOn'>): string =>
  `${startsOn} – ${endsOn}`;

/** What one platform may expect of a product, by its share of what was ordered lately. */
export interface PlatformPart {
  readonly line: PeakNeed;
  readonly planned: number;
  /** How much of the whole is there or promised, in percent. */
  readonly securedPercent: number;
}

export function partsOf(
  plan: PeakPlanView,
  demand: readonly PlatformDemand[],
  platformId: string,
): readonly PlatformPart[] {
  return plan.lines.flatMap((line) => {
    const ofProduct = demand.filter(({ productId }) => productId === line.productId);
    const all = ofProduct.reduce((sum, { quantity }) => sum + quantity, 0);
    const own = ofProduct.find((one) => one.platformId === platformId)?.quantity ?? 0;
    const planned = shareOf(line.expected, own, all);
    if (planned === 0) return [];
    const secured = line.expected === 0 ? 1 : 1 - line.missing / line.expected;
    return [{ line, planned, securedPercent: Math.floor(secured * 100) }];
  });
}

/** What a platform is told: its own numbers and nobody else's, no cost, no supplier. */
export function platformSheet(
  language: Language,
  plan: PeakPlanView,
  parts: readonly PlatformPart[],
): Sheet {
  return {
    title: plan.name,
    heads: [
      translate(language, 'field.Product.code'),
      translate(language, 'field.Product.name'),
      translate(language, 'page.stock.period'),
      translate(language, 'page.stock.planned'),
      translate(language, 'page.stock.secured'),
    ],
    rows: parts.map(({ line, planned, securedPercent }) => [
      line.productCode,
      line.productName,
      periodOf(plan),
      planned,
      securedText(language, securedPercent),
    ]),
  };
}

export const securedText = (language: Language, percent: number): string =>
  percent >= 100
    ? translate(language, 'page.stock.securedYes')
    : translate(language, 'page.stock.securedPart', { percent });
