import type { Pool } from 'pg';
import {
  COMPENSATION_CAUSES,
  COMPENSATION_REMEDIES,
  isFinal,
  mayStaff,
  missingUnits,
  type CompensationCause,
  type CompensationDecision,
  type OrderStatus,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection, SectionsView, Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { giftWords, optionsOf, reasonWords, say, unitWords } from './compensation-words.js';
import { proposalsOf, type KnownRow, type Proposal } from './proposals.js';
import { unitsOf } from './units-text.js';

type Query = Readonly<Record<string, string>>;

const ORDER = `
  SELECT o.id, o.order_no, o.status, o.quantity, o.delivered_quantity, o.customer_no, o.platform_id, o.origin_kind,
    coalesce((SELECT json_agg(json_build_object('quantity', r.quantity, 'deliveredQuantity', r.delivered_quantity, 'status', r.status))
      FROM orders r WHERE r.origin_order_id = o.id AND r.origin_kind = 're-order'), '[]'::json) AS reorders
  FROM orders o WHERE o.order_no = $1 OR o.merchant_order_no = $1 ORDER BY o.id DESC LIMIT 1`;

interface OrderRow {
  id: string;
  order_no: string;
  status: OrderStatus;
  quantity: number;
  delivered_quantity: number;
  customer_no: string | null;
  platform_id: string;
  origin_kind: string | null;
  reorders: { quantity: number; deliveredQuantity: number; status: OrderStatus }[];
}

/** What the rules would give for what went wrong with an order, with the verbs that give it. */
export async function askPage(pool: Pool, staff: PanelStaff, query: Query): Promise<SectionsView> {
  const { language } = staff;
  const cause = causeOf(query['cause']);
  const unitsText = query['units'] ?? '1';
  const form = {
    submit: say(language, 'seeProposal'),
    fields: [
      { name: 'order', label: say(language, 'orderNo'), value: query['order'] ?? '' },
      {
        name: 'cause',
        label: say(language, 'cause'),
        value: cause,
        options: optionsOf(COMPENSATION_CAUSES, (one) =>
          translate(language, `enum.compensationCause.${one as CompensationCause}`),
        ),
      },
      { name: 'units', label: say(language, 'units'), value: unitsText },
    ],
  };
  const { rows } = await pool.query<OrderRow>(ORDER, [query['order'] ?? '']);
  const order = rows[0];
  if (!order) {
    const section = { title: say(language, 'proposal'), hint: say(language, 'chooseOrder') };
    return { lead: say(language, 'askLead'), form, sections: [section] };
  }
  const unitNos = unitsOf(unitsText, order.quantity);
  const proposals = await proposalsOf(pool, order, { cause, unitNos });
  return {
    lead: say(language, 'askLead'),
    form,
    verbs: verbsOf(staff, order, { cause, units: unitsText }),
    sections: [proposalSection(staff, order, proposals)],
  };
}

const causeOf = (text: string | undefined): CompensationCause =>
  COMPENSATION_CAUSES.find((one) => one === text) ?? 'bad-card';

function proposalSection(
  { language }: PanelStaff,
  order: OrderRow,
  proposals: readonly Proposal[],
): RelatedSection {
  return {
    title: `${say(language, 'proposal')} · ${order.order_no}`,
    heads: [
      say(language, 'unit'),
      translate(language, 'field.Compensation.remedy'),
      say(language, 'outcome'),
      say(language, 'why'),
    ],
    rows: proposals.map((one) => [
      { text: unitWords(language, one.unitNo) },
      ...(one.known ? knownCells(language, one.known) : proposedCells(language, one.decision)),
    ]),
    empty: say(language, 'chooseOrder'),
    links: [{ label: say(language, 'toOrder'), to: recordPage('Order', order.id) }],
  };
}

function knownCells(language: Language, known: KnownRow): RelatedCell[] {
  return [
    {
      text: giftWords(language, known.remedy, known.amount_hao),
      to: recordPage('Compensation', known.id),
    },
    { text: translate(language, `enum.compensationStatus.${known.status}`), tag: known.status },
    { text: say(language, 'was') },
  ];
}

function proposedCells(language: Language, decision: CompensationDecision | null): RelatedCell[] {
  if (!decision) return [{ text: '–' }, { text: say(language, 'decline') }, { text: '' }];
  return [
    { text: giftWords(language, decision.remedy, decision.amountHao) },
    { text: say(language, decision.outcome) },
    { text: reasonWords(language, decision.reasons) },
  ];
}

function verbsOf(
  staff: PanelStaff,
  order: OrderRow,
  body: { readonly cause: CompensationCause; readonly units: string },
): Verb[] {
  if (!mayStaff(staff.role, 'compensation.write') || !isFinal(order.status)) return [];
  const { language } = staff;
  const remark = { name: 'reason', label: 'compensation.remark' } as const;
  const give = { path: `orders/${order.id}/compensate`, kind: 'post' as const, body };
  const missing = missingUnits(
    { quantity: order.quantity, deliveredQuantity: order.delivered_quantity },
    order.reorders.map((one) => ({ ...one, isFinal: isFinal(one.status) })),
  );
  const reorder: Verb = {
    name: 'reorderOrder',
    path: `orders/${order.id}/reorder`,
    kind: 'post',
    tone: 'plain',
    hint: 'compensation.reorderHint',
    fields: [remark],
    done: 'orderReordered',
  };
  return [
    {
      ...give,
      name: 'giveProposed',
      tone: 'main',
      hint: 'compensation.giveProposedHint',
      fields: [remark],
    },
    {
      ...give,
      name: 'giveOther',
      tone: 'plain',
      hint: 'compensation.giveOtherHint',
      fields: [
        {
          name: 'remedy',
          label: 'compensation.remedy',
          options: optionsOf(COMPENSATION_REMEDIES, (one) =>
            translate(language, `enum.compensationRemedy.${one as 'refund'}`),
          ),
        },
        { name: 'amount', label: 'compensation.amount', isOptional: true },
        remark,
      ],
    },
    ...(missing > 0 && order.origin_kind === null ? [reorder] : []),
  ];
}
