import type { Pool } from 'pg';
import {
  mayStaff,
  NEVER,
  saleVerdict,
  type GateFault,
  type GateLack,
  type SaleGateNow,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import { newRecordPage, recordPage, sectionsPage } from '../components/places.js';
import type { RelatedCell, RelatedSection, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { say } from './licence-words.js';

const HELP = {
  missing: 'doRecord',
  scope: 'doScope',
  unverified: 'doVerify',
  'not-yet': 'doWait',
  expired: 'doRenew',
  suspended: 'doSuspended',
  revoked: 'doRevoked',
} as const satisfies Record<GateFault, string>;

interface GateRow extends SaleGateNow {
  readonly platformName: string | null;
  readonly lacks: readonly GateLack[];
}

const GATES = `
  SELECT f.name AS "platformName", g.sell_until::text AS "sellUntil", g.list_until::text AS "listUntil",
    g.fulfil_until::text AS "fulfilUntil", g.is_renewing AS "isRenewing",
    floor(extract(epoch FROM g.override_until) * 1000)::float8 AS "overrideUntilMs", g.lacks
  FROM sale_gates g LEFT JOIN platforms f ON f.id = g.platform_id WHERE g.product_id = $1 ORDER BY f.name NULLS FIRST LIMIT 200`;

/** Whether a product may be sold to whom, why not, and what to do; nothing for products that need no licence. */
export async function productGate(
  pool: Pool,
  { language, role }: PanelStaff,
  productId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(role, 'licence.read')) return [];
  const { rows } = await pool.query<GateRow>(GATES, [productId]);
  if (rows.length === 0) return [];
  const names = await typeNames(pool);
  const stopped = await pool.query<{ stopped_at: Date }>(
    'SELECT stopped_at FROM sale_stops WHERE product_id = $1 AND ended_at IS NULL',
    [productId],
  );
  const at = stopped.rows[0]?.stopped_at;
  const lacks = rows.flatMap((row) => row.lacks);
  return [
    {
      title: say(language, 'section'),
      ...(at ? { hint: say(language, 'stopped', { at: shanghaiTime(at) }) } : {}),
      heads: [
        say(language, 'platform'),
        say(language, 'verdict'),
        say(language, 'until'),
        say(language, 'listUntil'),
        say(language, 'fulfilUntil'),
      ],
      rows: rows.map((row) =>
        gateCells(
          language,
          row,
          rows.length === 1
            ? translate(language, 'page.common.everyPlatform')
            : say(language, 'everybody'),
        ),
      ),
      links: mayStaff(role, 'licence.write')
        ? [
            {
              label: translate(language, 'action.register'),
              to: sectionsPage('Licence', 'register'),
            },
          ]
        : [],
    },
    ...(lacks.length > 0 ? [lacksSection(language, lacks, names)] : []),
  ];
}

function gateCells(language: Language, row: GateRow, everybody: string): RelatedCell[] {
  const verdict = saleVerdict(row, Date.now());
  const day = (date: string | null): RelatedCell => ({
    text: date === null ? say(language, 'never') : date === NEVER ? '—' : date,
  });
  return [
    { text: row.platformName ?? everybody },
    { text: translate(language, `enum.saleVerdict.${verdict}`), tag: verdict },
    verdict === 'overridden' && row.overrideUntilMs !== null
      ? { text: shanghaiTime(new Date(row.overrideUntilMs)) }
      : day(row.sellUntil),
    day(row.listUntil),
    day(row.fulfilUntil),
  ];
}

/** What is missing, once each, with the way out of it. */
function lacksSection(
  language: Language,
  lacks: readonly GateLack[],
  names: ReadonlyMap<string, string>,
): RelatedSection {
  const once = new Map(lacks.map((one) => [`${one.typeId} ${one.fault} ${one.licenceId}`, one]));
  return {
    title: translate(language, 'field.SaleGate.lacks'),
    heads: [
      translate(language, 'field.LicenceRequirement.typeId'),
      translate(language, 'field.SaleStop.lacks'),
      say(language, 'what'),
    ],
    rows: [...once.values()].map(({ typeId, fault, licenceId }) => [
      { text: names.get(typeId) ?? '?' },
      {
        text: translate(language, `enum.gateFault.${fault}`),
        ...(licenceId === null ? {} : { to: recordPage('Licence', licenceId) }),
      },
      {
        text: say(language, HELP[fault]),
        to:
          licenceId === null
            ? newRecordPage('Licence', { typeId })
            : recordPage('Licence', licenceId),
      },
    ]),
  };
}

async function typeNames(pool: Pool): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM licence_types',
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Asks for a product and says whether it may be sold. */
export async function saleWhyPage(
  pool: Pool,
  staff: PanelStaff,
  { product = '' }: Readonly<Record<string, string>>,
): Promise<SectionsView> {
  const { language } = staff;
  const form = {
    submit: say(language, 'show'),
    fields: [{ name: 'product', label: say(language, 'product'), value: product }],
  };
  const lead = say(language, 'whyLead');
  const stops = await stopsSection(pool, language);
  if (product.trim() === '') return { lead, form, sections: [stops] };
  const { rows } = await pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM products WHERE code = $1',
    [product.trim()],
  );
  const [found] = rows;
  if (!found) return { lead: say(language, 'notFound'), form, sections: [] };
  const sections = await productGate(pool, staff, found.id);
  const page = { label: found.name, to: recordPage('Product', found.id) };
  return sections.length > 0
    ? { lead, form, sections: [...sections, { title: say(language, 'product'), links: [page] }] }
    : {
        lead,
        form,
        sections: [{ title: found.name, hint: say(language, 'nothingRequired'), links: [page] }],
      };
}

const STOPS = `
  SELECT p.id, p.code, p.name, s.stopped_at AS "stoppedAt", s.lacks FROM sale_stops s JOIN products p ON p.id = s.product_id
  WHERE s.ended_at IS NULL ORDER BY s.stopped_at DESC LIMIT 100`;

/** Products that are off sale for want of a licence now. */
export async function stopsSection(pool: Pool, language: Language): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    code: string;
    name: string;
    stoppedAt: Date;
    lacks: readonly GateLack[];
  }>(STOPS);
  const names = await typeNames(pool);
  return {
    title: say(language, 'stoppedCount'),
    heads: [
      say(language, 'product'),
      translate(language, 'field.SaleStop.stoppedAt'),
      translate(language, 'field.SaleStop.lacks'),
    ],
    rows: rows.map((row) => [
      { text: row.code, note: row.name, to: recordPage('Product', row.id) },
      { text: shanghaiTime(row.stoppedAt) },
      {
        text: row.lacks
          .map(
            ({ typeId, fault }) =>
              `${names.get(typeId) ?? '?'}: ${translate(language, `enum.gateFault.${fault}`)}`,
          )
          .join('; '),
      },
    ]),
    empty: say(language, 'noHistory'),
  };
}
