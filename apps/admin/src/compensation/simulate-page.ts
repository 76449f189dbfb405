import type { Pool } from 'pg';
import {
  COMPENSATION_CAUSES,
  CUSTOMER_TIERS,
  decideCompensation,
  SECOND_MS,
  MINUTE_MS,
  type CompensationCase,
  type CompensationCause,
} from '#domain';
import { translate } from '#domain/i18n';
import { readPolicy } from '#domain/stores';
import { recordPage } from '../components/places.js';
import type { SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShownYuan } from '../resource/shown-amount.js';
import { giftWords, optionsOf, reasonWords, say } from './compensation-words.js';

type Query = Readonly<Record<string, string>>;
const UNSPENT = { dayHao: 0, customerHao: 0, customerCount: 0 };
const YUAN_100 = '100.00';

/** What would this get, and why? Nothing is given. */
export async function simulatePage(
  pool: Pool,
  staff: PanelStaff,
  query: Query,
): Promise<SectionsView> {
  const { language } = staff;
  const choices = await choicesOf(pool);
  const facts = caseOf(query, choices);
  const policyId = choices.policies.find(({ id }) => id === query['policy'])?.id;
  const policy = await readPolicy(pool, policyId);
  const form = formOf(staff, { query, choices, facts, policyId: policy?.id ?? '' });
  if (!policy) return { lead: say(language, 'simulateLead'), form, sections: [] };
  const decision = decideCompensation(facts, {
    rules: policy.rules,
    limits: policy.limits,
    spent: UNSPENT,
  });
  return {
    lead: say(language, 'simulateLead'),
    form,
    sections: [
      {
        title: say(language, 'result'),
        facts: [
          {
            label: say(language, 'thenWords'),
            value: { text: giftWords(language, decision.remedy, decision.amountHao) },
          },
          {
            label: say(language, 'outcome'),
            value: {
              text: say(language, decision.outcome),
              tag: { give: 'done', ask: 'proposed', decline: 'declined' }[decision.outcome],
            },
          },
          { label: say(language, 'why'), value: { text: reasonWords(language, decision.reasons) } },
        ],
      },
      {
        title: say(language, 'steps'),
        heads: [say(language, 'rule'), say(language, 'why')],
        rows: decision.steps.map(({ ruleId, lineNo, misfit }) => [
          {
            text: say(language, 'line', { no: lineNo }),
            to: recordPage('CompensationRule', ruleId),
          },
          misfit === null
            ? { text: say(language, 'applies'), tag: 'active' }
            : { text: translate(language, `enum.ruleMisfit.${misfit}`) },
        ]),
        empty: say(language, 'noRule'),
      },
    ],
  };
}

interface Choice {
  readonly id: string;
  readonly text: string;
}
interface Choices {
  readonly products: readonly Choice[];
  readonly platforms: readonly Choice[];
  readonly policies: readonly (Choice & { readonly status: 'draft' | 'active' | 'retired' })[];
}

async function choicesOf(pool: Pool): Promise<Choices> {
  const [products, platforms, policies] = await Promise.all([
    pool.query<Choice & { [column: string]: unknown }>(
      'SELECT id, code AS text FROM products ORDER BY code LIMIT 500',
    ),
    pool.query<Choice & { [column: string]: unknown }>(
      'SELECT id, name AS text FROM platforms ORDER BY code LIMIT 500',
    ),
    pool.query<Choices['policies'][number] & { [column: string]: unknown }>(
      'SELECT id, policy_no::text AS text, status FROM compensation_policies ORDER BY policy_no DESC LIMIT 50',
    ),
  ]);
  return { products: products.rows, platforms: platforms.rows, policies: policies.rows };
}

function caseOf(query: Query, { products, platforms }: Choices): CompensationCase {
  const valueHao = haoOf(query['value']);
  return {
    cause: COMPENSATION_CAUSES.find((one) => one === query['cause']) ?? 'bad-card',
    productId: query['product'] ?? products[0]?.id ?? '',
    platformId: query['platform'] ?? platforms[0]?.id ?? '',
    tier: CUSTOMER_TIERS.find((one) => one === query['tier']) ?? 'standard',
    ageSeconds: Math.max(0, Math.floor(Number(query['age'] ?? 60) * (MINUTE_MS / SECOND_MS)) || 0),
    valueHao,
    leftHao: query['left'] === undefined ? valueHao : haoOf(query['left']),
    canReplace: query['replace'] !== 'no',
    isAsked: false,
  };
}

const haoOf = (text: string | undefined): number => parseShownYuan(text ?? YUAN_100) ?? 0;

function formOf(
  { language }: PanelStaff,
  given: {
    readonly query: Query;
    readonly choices: Choices;
    readonly facts: CompensationCase;
    readonly policyId: string;
  },
): NonNullable<SectionsView['form']> {
  const { query, choices, facts, policyId } = given;
  const chosen = (list: readonly Choice[]) => list.map(({ id, text }) => ({ value: id, text }));
  const value = query['value'] ?? YUAN_100;
  return {
    submit: say(language, 'try'),
    fields: [
      {
        name: 'policy',
        label: say(language, 'policy'),
        value: policyId,
        options: choices.policies.map(({ id, text, status }) => ({
          value: id,
          text: `${text} · ${translate(language, `enum.policyStatus.${status}`)}`,
        })),
      },
      {
        name: 'cause',
        label: say(language, 'cause'),
        value: facts.cause,
        options: optionsOf(COMPENSATION_CAUSES, (one) =>
          translate(language, `enum.compensationCause.${one as CompensationCause}`),
        ),
      },
      {
        name: 'product',
        label: say(language, 'product'),
        value: facts.productId,
        options: chosen(choices.products),
      },
      {
        name: 'platform',
        label: say(language, 'platform'),
        value: facts.platformId,
        options: chosen(choices.platforms),
      },
      {
        name: 'tier',
        label: say(language, 'tier'),
        value: facts.tier,
        options: optionsOf(CUSTOMER_TIERS, (one) =>
          translate(language, `enum.customerTier.${one as 'standard'}`),
        ),
      },
      { name: 'age', label: say(language, 'age'), value: query['age'] ?? '60' },
      { name: 'value', label: say(language, 'value'), value },
      { name: 'left', label: say(language, 'left'), value: query['left'] ?? value },
      {
        name: 'replace',
        label: say(language, 'canReplace'),
        value: facts.canReplace ? 'yes' : 'no',
        options: [
          { value: 'yes', text: translate(language, 'page.common.yes') },
          { value: 'no', text: translate(language, 'page.common.no') },
        ],
      },
    ],
  };
}
