import {
  DAY_MS,
  dayOfDate,
  SECOND_MS,
  SHANGHAI_OFFSET_MS,
  shanghaiMidnightMs,
} from '../shared/business-time.js';
import { parseYuan } from '../shared/money.js';
import type { ExternalLineType, PartyKind, ToldStatus } from './reconciliation-lists.js';

const FULL_WIDTH = /[！-～]/g;

/** Text as a person means it: full-width signs as plain ones, no blanks around, no apostrophe that guards a formula. */
export function plainCell(text: string): string {
  return text
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u00a0\u3000\ufeff]/g, ' ')
    .trim()
    .replace(/^'(?=[=+\-@\d])/, '')
    .replace(/^="(.*)"$/, '$1')
    .trim();
}

const CURRENCY_SIGN = /^(?:¥|￥|RMB|CNY|人民币)\s*|\s*(?:元|RMB|CNY)$/gi;
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/** An amount as statements write it, exactly in hao: `¥1,234.50`, `(12.00)`, `-3`, `5元`. Undefined where it is none. */
export function parseStatementAmount(text: string): number | undefined {
  let plain = plainCell(text);
  let isNegative = false;
  const inBrackets = /^\((.+)\)$/.exec(plain);
  if (inBrackets) {
    isNegative = true;
    plain = inBrackets[1] ?? '';
  }
  const sign = /^([+\-−])\s*/.exec(plain);
  if (sign) {
    if (sign[1] !== '+') isNegative = !isNegative;
    plain = plain.slice(sign[0].length);
  }
  plain = plain.replaceAll(CURRENCY_SIGN, '');
  const after = plain.startsWith('-');
  if (after) {
    isNegative = !isNegative;
    plain = plain.slice(1);
  }
  if (plain.includes(',')) {
    if (!GROUPED.test(plain)) return undefined;
    plain = plain.replaceAll(',', '');
  }
  const hao = parseYuan(withoutUselessZeros(plain));
  if (hao === undefined) return undefined;
  return isNegative && hao !== 0 ? -hao : hao;
}

/** `12.500000` has four decimals that count. */
function withoutUselessZeros(text: string): string {
  return /^\d+\.\d{5,}$/.test(text) ? text.replace(/^(\d+\.\d{4})0+$/, '$1') : text;
}

const TIME =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/;

/** An instant as statements write it, in Shanghai unless it says otherwise. Undefined where it is none. */
export function parseStatementTime(text: string): number | undefined {
  const plain = plainCell(text);
  const parts = TIME.exec(plain) ?? COMPACT.exec(plain);
  if (!parts) return undefined;
  const [year = '', month = '', date = ''] = parts.slice(1, 4);
  const day = dayOfDate(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  const clockMs = clockOf(parts.slice(4, 7));
  if (day === undefined || clockMs === undefined) return undefined;
  return day * DAY_MS + clockMs - zoneMs(parts[7]);
}

function clockOf(parts: readonly (string | undefined)[]): number | undefined {
  const [hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return ((hour * 60 + minute) * 60 + second) * SECOND_MS;
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone === '') return SHANGHAI_OFFSET_MS;
  if (zone === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -offsetMs : offsetMs;
}

/** The first moment in Shanghai of `YYYY-MM-DD`; not a number where there is no such day. */
export function startOfDayMs(date: string): number {
  const day = dayOfDate(date);
  return day === undefined ? Number.NaN : shanghaiMidnightMs(day);
}

const STATUS_WORDS: readonly (readonly [RegExp, ToldStatus])[] = [
  [/(处理中|充值中|进行中|等待|待处理|processing|pending)/i, 'processing'],
  [/(失败|已?取消|关闭|撤销|未成功|fail|cancel|closed|refus)/i, 'failed'],
  [
    /(成功|完成|已?交付|已?结算|已?退款|已?到账|正常|success|succeed|done|complete|paid|ok|settled|refunded|delivered)/i,
    'succeeded',
  ],
];

/** Their word about how an order ended; null where they say nothing, undefined where nobody knows the word. */
export function parseToldStatus(text: string): ToldStatus | null | undefined {
  const plain = plainCell(text);
  if (plain === '' || plain === '-') return null;
  return STATUS_WORDS.find(([words]) => words.test(plain))?.[1];
}

const TYPE_WORDS: readonly (readonly [RegExp, ExternalLineType])[] = [
  [/(退款|退单|冲退|refund)/i, 'refund'],
  [/(手续费|服务费|佣金|fee|commission)/i, 'fee'],
  [/(扣款|罚款|违约|扣除|赔付|deduct|penalt|fine)/i, 'deduction'],
  [/(结算打款|打款|提现|结算款|出款|payout|settlement)/i, 'payout'],
  [/(入账|收款|来账|贷|receipt|credit|incoming)/i, 'receipt'],
  [/(订单|消费|交易|采购|充值|销售|支付|order|sale|purchase|trade|charge)/i, 'order'],
];

/** What a line tells of; without a word for it by its sign. Undefined where nobody knows the word. */
export function parseLineType(
  text: string,
  amountHao: number,
  party: PartyKind,
): ExternalLineType | undefined {
  const plain = plainCell(text);
  if (plain !== '') return TYPE_WORDS.find(([words]) => words.test(plain))?.[1];
  if (party === 'bank') return amountHao < 0 ? 'payout' : 'receipt';
  return amountHao < 0 ? 'refund' : 'order';
}

/** The sign that a line's amount has, however it was printed: money for orders and payouts is above zero, all else below. */
export function signedAmount(type: ExternalLineType, amountHao: number): number {
  const size = Math.abs(amountHao);
  const isMinus = type === 'refund' || type === 'fee' || type === 'deduction';
  return isMinus && size !== 0 ? -size : size;
}

const YUAN_WORDS = /^(cny|rmb|人民币|元|¥)?$/i;

/** Null for our own currency, otherwise what it is called. */
export function foreignCurrency(text: string): string | null {
  const plain = plainCell(text);
  return YUAN_WORDS.test(plain) ? null : plain.slice(0, 12);
}

/** Whether a masked account such as `138****8000` may be this one. */
export function isMaskOf(masked: string, account: string): boolean {
  const plain = masked.replaceAll(/\s/g, '');
  if (!plain.includes('*')) return plain === account;
  const [head = '', ...rest] = plain.split(/\*+/);
  const tail = rest.at(-1) ?? '';
  return (
    account.length >= head.length + tail.length &&
    account.startsWith(head) &&
    account.endsWith(tail)
  );
}
