import type { Pool } from 'pg';
import type {
  ClaimStatus,
  CompensationCause,
  CompensationReason,
  CompensationRemedy,
  CompensationRuleFacts,
} from '#domain';
import { mayStaff } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { readPolicy } from '#domain/stores';
import { newRecordPage, recordPage, sectionsPage } from '../components/places.js';
import type { RelatedCell, RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { attemptRelated } from '../supply/supply-related.js';
import { giftWords, reasonWords, say } from './compensation-words.js';

const READ = `
  SELECT c.reasons, c.remedy, c.amount_hao::float8 AS amount_hao, c.attempt_id, c.replacement_order_id, r.merchant_order_no,
    r.status AS replacement_status, o.order_no, o.id AS order_id,
    k.id AS claim_id, k.status AS claim_status, k.amount_hao::float8 AS claim_hao,
    e.id AS entry_id, e.posted_at
  FROM compensations c JOIN orders o ON o.id = c.order_id LEFT JOIN orders r ON r.id = c.replacement_order_id
    LEFT JOIN supply_claims k ON k.compensation_id = c.id
    LEFT JOIN ledger_entries e ON e.idempotency_key = 'compensation:' || c.id::text
  WHERE c.id = $1`;

interface Row {
  reasons: CompensationReason[];
  remedy: CompensationRemedy | null;
  amount_hao: number;
  attempt_id: string | null;
  replacement_order_id: string | null;
  merchant_order_no: string | null;
  replacement_status: string | null;
  order_no: string;
  order_id: string;
  claim_id: string | null;
  claim_status: ClaimStatus | null;
  claim_hao: number | null;
  entry_id: string | null;
  posted_at: Date | null;
}

/** Why it was given, what followed, and the evidence against the supplier. */
export async function compensationRelated(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { language, role } = staff;
  const { rows } = await pool.query<Row>(READ, [id]);
  const row = rows[0];
  if (!row) return [];
  const evidence =
    row.attempt_id && mayStaff(role, 'supply.read')
      ? await attemptRelated(pool, staff, row.attempt_id)
      : [];
  return [{ title: say(language, 'story'), facts: factsOf(staff, row) }, ...evidence];
}

function factsOf(
  { language, role }: PanelStaff,
  row: Row,
): { label: string; value: RelatedCell }[] {
  const facts: { label: string; value: RelatedCell }[] = [
    {
      label: say(language, 'result'),
      value: { text: giftWords(language, row.remedy, row.amount_hao) },
    },
    { label: say(language, 'why'), value: { text: reasonWords(language, row.reasons) } },
    {
      label: translate(language, 'field.Compensation.orderId'),
      value: { text: row.order_no, to: recordPage('Order', row.order_id) },
    },
  ];
  if (row.replacement_order_id && row.replacement_status)
    facts.push({
      label: translate(language, 'field.Compensation.replacementOrderId'),
      value: {
        text: `${row.merchant_order_no ?? ''} · ${translate(language, `enum.orderStatus.${row.replacement_status as 'failed'}`)}`,
        to: recordPage('Order', row.replacement_order_id),
      },
    });
  if (row.entry_id && mayStaff(role, 'money.read'))
    facts.push({
      label: say(language, 'entries'),
      value: {
        text: row.posted_at ? shanghaiTime(row.posted_at) : row.entry_id,
        to: recordPage('LedgerEntry', row.entry_id),
      },
    });
  if (row.claim_id && row.claim_status)
    facts.push({
      label: say(language, 'claim'),
      value: {
        text: `${shownAmount(row.claim_hao ?? 0)} · ${translate(language, `enum.claimStatus.${row.claim_status}`)}`,
        to: recordPage('SupplyClaim', row.claim_id),
      },
    });
  return facts;
}

/** The rules of a policy as people read them. */
export async function policyRelated(
  pool: Pool,
  { language, role }: PanelStaff,
  policyId: string,
): Promise<readonly RelatedSection[]> {
  const policy = await readPolicy(pool, policyId);
  if (!policy) return [];
  const names = await namesOf(pool);
  const field = (name: 'lineNo' | 'cause' | 'chargeBack'): string =>
    translate(language, `field.CompensationRule.${name}`);
  const mayWrite = policy.status === 'draft' && mayStaff(role, 'compensation.write');
  return [
    {
      title: say(language, 'rules'),
      heads: [
        field('lineNo'),
        field('cause'),
        say(language, 'when'),
        say(language, 'thenWords'),
        field('chargeBack'),
        '',
      ],
      rows: policy.rules.map((rule) => [
        { text: String(rule.lineNo), to: recordPage('CompensationRule', rule.id) },
        { text: translate(language, `enum.compensationCause.${rule.cause}`) },
        { text: whenWords(language, rule, names) },
        {
          text: `${thenWords(language, rule)} · ${say(language, rule.isAutomatic ? 'auto' : 'manual')}`,
        },
        { text: translate(language, `enum.chargeBack.${rule.chargeBack}`) },
        { text: rule.isActive ? '' : translate(language, 'enum.ruleMisfit.inactive') },
      ]),
      empty: say(language, 'noRule'),
      links: [
        {
          label: translate(language, 'action.simulate'),
          to: sectionsPage('CompensationPolicy', 'simulate', { policy: policyId }),
        },
        ...(mayWrite
          ? [
              {
                label: say(language, 'newRule'),
                to: newRecordPage('CompensationRule', { policyId }),
              },
            ]
          : []),
      ],
    },
  ];
}

/** Names of products and platforms by id. */
async function namesOf(pool: Pool): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    'SELECT id, code AS name FROM products UNION ALL SELECT id, name FROM platforms',
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function whenWords(
  language: Language,
  rule: CompensationRuleFacts,
  names: ReadonlyMap<string, string>,
): string {
  const words = [
    rule.productId && (names.get(rule.productId) ?? ''),
    rule.platformId && (names.get(rule.platformId) ?? ''),
    rule.tier && translate(language, `enum.customerTier.${rule.tier}`),
    rule.ageMinSeconds > 0 &&
      say(language, 'ageFrom', { time: timeWords(language, rule.ageMinSeconds) }),
    rule.ageMaxSeconds !== null &&
      say(language, 'ageTo', { time: timeWords(language, rule.ageMaxSeconds) }),
    rule.amountMaxHao !== null &&
      say(language, 'amountTo', { amount: shownAmount(rule.amountMaxHao) }),
  ].filter((word): word is string => typeof word === 'string' && word !== '');
  return words.length === 0 ? translate(language, 'page.common.all') : words.join('，');
}

/** In the largest unit that fits without a rest: `3 天`, `90 分钟`. */
function timeWords(language: Language, seconds: number): string {
  if (seconds % 86_400 === 0) return say(language, 'days', { count: seconds / 86_400 });
  if (seconds % 3_600 === 0) return say(language, 'hours', { count: seconds / 3_600 });
  return seconds % 60 === 0
    ? say(language, 'minutes', { count: seconds / 60 })
    : say(language, 'seconds', { count: seconds });
}

export function thenWords(language: Language, rule: CompensationRuleFacts): string {
  const remedy = translate(language, `enum.compensationRemedy.${rule.remedy}`);
  if (rule.remedy === 'replace' || rule.basis === 'full') return remedy;
  const much =
    rule.basis === 'percent'
      ? say(language, 'percentOf', { percent: rule.percent })
      : say(language, 'fixed', { amount: shownAmount(rule.fixedHao) });
  return `${remedy} ${much}`;
}

export const causeWords = (language: Language, cause: CompensationCause): string =>
  translate(language, `enum.compensationCause.${cause}`);
