import {
  type AffectedFilter,
  FINAL_ORDER_STATUSES,
  HAO_PER_FEN,
  INCIDENT_REMEDIES,
  type IncidentRemedy,
  type IncidentTerms,
  type OrderStatus,
} from '#domain';
import { parseShanghaiTime } from '../resource/shanghai-time.js';
import { parseShownYuan } from '../resource/shown-amount.js';

/** What the form of affected orders is made of; the page shows it, the command reads it again. */
export const AFFECTED_FIELDS = [
  'products',
  'suppliers',
  'platforms',
  'from',
  'to',
  'status',
  'remedy',
  'measure',
  'dayCost',
] as const;
export type AffectedField = (typeof AFFECTED_FIELDS)[number];

export type AffectedTexts = Readonly<Partial<Record<AffectedField, string | undefined>>>;

const DAYS_MAX = 3_660;
const CODES_MAX = 100;

const codesOf = (text = ''): string[] =>
  text
    .split(/[,，\s]+/)
    .filter((code) => code !== '')
    .slice(0, CODES_MAX);

const statusesOf = (text = ''): readonly OrderStatus[] => {
  const one = FINAL_ORDER_STATUSES.find((status) => status === text);
  return one === undefined ? FINAL_ORDER_STATUSES : [one];
};

export const remedyOf = (text: string | undefined): IncidentRemedy =>
  INCIDENT_REMEDIES.find((one) => one === text) ?? 'service-days';

/** Undefined where the period is none. */
export function filterOf(texts: AffectedTexts): AffectedFilter | undefined {
  const from = parseShanghaiTime(texts.from ?? '');
  const to = parseShanghaiTime(texts.to ?? '');
  if (!from || !to) return undefined;
  return {
    productCodes: codesOf(texts.products),
    supplierCodes: codesOf(texts.suppliers),
    platformCodes: codesOf(texts.platforms),
    statuses: statusesOf(texts.status),
    fromMs: from.getTime(),
    toMs: to.getTime(),
  };
}

const NOTHING = { days: 0, dayCostHao: 0, percent: 0, fixedHao: 0 };

/** Days, a share such as `10%`, or an amount for each order. Undefined where it is none of them. */
export function termsOf(texts: AffectedTexts): IncidentTerms | undefined {
  const remedy = remedyOf(texts.remedy);
  const text = (texts.measure ?? '').trim();
  if (remedy === 'service-days') return daysOf(text, texts.dayCost ?? '');
  const share = /^(\d{1,3})\s*[%％]$/.exec(text)?.[1];
  if (share === undefined) return fixedOf(remedy, text);
  const percent = Number(share);
  return percent >= 1 && percent <= 100 ? { ...NOTHING, remedy, percent } : undefined;
}

function daysOf(text: string, dayCost: string): IncidentTerms | undefined {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  const dayCostHao = parseShownYuan(dayCost) ?? 0;
  if (days < 1 || days > DAYS_MAX || dayCostHao <= 0) return undefined;
  return { ...NOTHING, remedy: 'service-days', days, dayCostHao };
}

/** Money is in whole fen. */
function fixedOf(remedy: IncidentRemedy, text: string): IncidentTerms | undefined {
  const fixedHao = parseShownYuan(text) ?? 0;
  return fixedHao > 0 && fixedHao % HAO_PER_FEN === 0
    ? { ...NOTHING, remedy, fixedHao }
    : undefined;
}
