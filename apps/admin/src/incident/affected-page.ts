import type { Pool } from 'pg';
import {
  COMPONENT_KINDS,
  DomainError,
  FINAL_ORDER_STATUSES,
  INCIDENT_REMEDIES,
  type IncidentTerms,
  mayStaff,
} from '#domain';
import { errorText, type Language, translate } from '#domain/i18n';
import { previewAffected, type AffectedPreview } from '#domain/stores';
import { recordPage } from '../components/places.js';
import type { RelatedSection, SectionsView, Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import {
  AFFECTED_FIELDS,
  type AffectedField,
  filterOf,
  remedyOf,
  termsOf,
} from './affected-query.js';
import { choicesOf, type IncidentText, say, termsWords } from './incident-words.js';

type Query = Readonly<Record<string, string>>;

const INCIDENT = `
  SELECT i.id, i.incident_no, i.occurred_at, i.fixed_at,
    ARRAY(SELECT DISTINCT unnest(c.product_codes) FROM incident_impacts m JOIN status_components c ON c.id = m.component_id
      WHERE m.incident_id = i.id ORDER BY 1) AS products,
    ARRAY(SELECT DISTINCT s.code FROM incident_impacts m JOIN status_components c ON c.id = m.component_id
      JOIN suppliers s ON s.id = c.supplier_id WHERE m.incident_id = i.id AND c.kind = '${COMPONENT_KINDS[1]}' ORDER BY 1) AS suppliers
  FROM incidents i WHERE i.incident_no = $1`;

interface IncidentRow {
  readonly id: string;
  readonly incident_no: string;
  readonly occurred_at: Date;
  readonly fixed_at: Date | null;
  readonly products: readonly string[];
  readonly suppliers: readonly string[];
}

/** Which orders an incident has affected and what a compensation would cost, before anything happens. */
export async function affectedPage(
  pool: Pool,
  staff: PanelStaff,
  query: Query,
): Promise<SectionsView> {
  const { language } = staff;
  const { rows } = await pool.query<IncidentRow>(INCIDENT, [query['incident'] ?? '']);
  const incident = rows[0];
  const texts = incident === undefined ? query : { ...suggested(incident), ...query };
  const form = { submit: say(language, 'look'), fields: fieldsOf(language, texts) };
  const lead = say(language, 'affectedLead');
  const says = (title: string, hint: string): SectionsView => ({
    lead,
    form,
    sections: [{ title, hint }],
  });
  if (!incident) return says(say(language, 'result'), errorText(language, 'incident.not-found'));
  const filter = filterOf(texts);
  const terms = termsOf(texts);
  if (!filter || !terms) return says(say(language, 'result'), say(language, 'badInput'));
  try {
    const preview = await previewAffected(pool, incident.id, { filter, terms });
    return {
      lead,
      form,
      verbs: verbsOf(staff, { incidentId: incident.id, texts, preview }),
      sections: sectionsOf(language, terms, preview),
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return says(say(language, 'result'), errorText(language, error.code, error.params));
  }
}

/** What the incident itself says of where and when. */
const suggested = (incident: IncidentRow): Query => ({
  products: incident.products.join(','),
  suppliers: incident.suppliers.join(','),
  from: shanghaiTime(incident.occurred_at),
  to: shanghaiTime(incident.fixed_at ?? new Date()),
  remedy: 'service-days',
  measure: '30',
  dayCost: '0.10',
});

const LABELS: Readonly<Record<AffectedField, IncidentText>> = {
  products: 'products',
  suppliers: 'suppliers',
  platforms: 'platforms',
  from: 'fromTime',
  to: 'toTime',
  status: 'orderStatus',
  remedy: 'remedy',
  measure: 'measure',
  dayCost: 'dayCost',
};

function fieldsOf(language: Language, texts: Query): NonNullable<SectionsView['form']>['fields'] {
  const optionsOf = (name: AffectedField) => {
    if (name === 'remedy')
      return choicesOf(INCIDENT_REMEDIES, (one) =>
        translate(language, `enum.incidentRemedy.${one}`),
      );
    if (name === 'status')
      return [
        { value: '', text: say(language, 'anyEnded') },
        ...choicesOf(FINAL_ORDER_STATUSES, (one) => translate(language, `enum.orderStatus.${one}`)),
      ];
    return undefined;
  };
  return [
    { name: 'incident', label: say(language, 'incident'), value: texts['incident'] ?? '' },
    ...AFFECTED_FIELDS.map((name) => {
      const options = optionsOf(name);
      const value = name === 'remedy' ? remedyOf(texts[name]) : (texts[name] ?? '');
      return {
        name,
        label: say(language, LABELS[name]),
        value,
        ...(options === undefined ? {} : { options }),
      };
    }),
  ];
}

function verbsOf(
  { role }: PanelStaff,
  {
    incidentId,
    texts,
    preview,
  }: {
    readonly incidentId: string;
    readonly texts: Query;
    readonly preview: AffectedPreview;
  },
): readonly Verb[] {
  if (!mayStaff(role, 'incident.write') || preview.giftCount === 0) return [];
  return [
    {
      name: 'compensateAffected',
      path: `incidents/${incidentId}/compensate`,
      kind: 'post',
      tone: 'main',
      body: {
        ...Object.fromEntries(AFFECTED_FIELDS.map((name) => [name, texts[name] ?? ''])),
        cost: shownAmount(preview.costHao),
      },
      hint: 'incident.compensateHint',
      fields: [{ name: 'reason', label: 'common.reason' }],
      hasFormKey: true,
    },
  ];
}

function sectionsOf(
  language: Language,
  terms: IncidentTerms,
  preview: AffectedPreview,
): readonly RelatedSection[] {
  const { orderCount, giftCount, costHao, byPlatform, sample } = preview;
  const empty = say(language, 'noneAffected');
  const result: RelatedSection = {
    title: say(language, 'result'),
    facts: [
      { label: say(language, 'terms'), value: { text: termsWords(language, terms) } },
      { label: say(language, 'orderCount'), value: { text: shownCount(orderCount) } },
      { label: say(language, 'giftCount'), value: { text: shownCount(giftCount) } },
      { label: say(language, 'skipCount'), value: { text: shownCount(orderCount - giftCount) } },
      { label: say(language, 'cost'), value: { text: shownAmount(costHao) } },
    ],
  };
  if (orderCount === 0) return [{ ...result, hint: empty }];
  return [
    result,
    {
      title: say(language, 'byPlatform'),
      heads: [
        translate(language, 'entity.Platform'),
        say(language, 'count'),
        say(language, 'cost'),
      ],
      rows: byPlatform.map((one) => [
        { text: one.code },
        { text: shownCount(one.orders), isNumber: true },
        { text: shownAmount(one.costHao), isNumber: true },
      ]),
      empty,
    },
    {
      title: say(language, 'sample', { count: sample.length }),
      heads: [
        translate(language, 'entity.Order'),
        translate(language, 'entity.Platform'),
        translate(language, 'entity.Product'),
        say(language, 'cost'),
      ],
      rows: sample.map((one) => [
        { text: one.orderNo, to: recordPage('Order', one.orderId) },
        { text: one.platformCode },
        { text: one.productCode },
        { text: shownAmount(one.amountHao), isNumber: true },
      ]),
      empty,
    },
  ];
}
