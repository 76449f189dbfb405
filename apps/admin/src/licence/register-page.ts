import type { Pool } from 'pg';
import { translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { countLicences, readRegister } from './licence.queries.js';
import { dayCell, say } from './licence-words.js';
import { stopsSection } from './sale-why.js';

const MINE = `
  SELECT DISTINCT ON (r.subject_id, r.clock) coalesce(l.name, g.name) AS name, r.clock, r.subject_id AS id, l.id IS NULL AS "isRule",
    (r.due_on + r.days_left)::text AS "targetOn", r.due_on + r.days_left - (now() AT TIME ZONE 'Asia/Shanghai')::date AS days
  FROM licence_reminders r LEFT JOIN licences l ON l.id = r.subject_id LEFT JOIN legal_rules g ON g.id = r.subject_id
  WHERE r.recipient = lower($1) AND r.created_at > now() - interval '30 days'
  ORDER BY r.subject_id, r.clock, r.days_left LIMIT 50`;

/** The register by urgency: what has lapsed, what lapses next, and what waits for the reader. */
export async function registerPage(pool: Pool, staff: PanelStaff): Promise<SectionsView> {
  const { language } = staff;
  const lines = await readRegister(pool, Date.now());
  const counts = await countLicences(pool, lines);
  const heads = ['name', 'holder', 'number'] as const;
  const number = (value: number) => ({ text: String(value), isNumber: true });
  return {
    lead: say(language, 'register'),
    sections: [
      {
        title: say(language, 'facts'),
        facts: [
          { label: say(language, 'lapsedCount'), value: number(counts.lapsed) },
          { label: say(language, 'soonCount'), value: number(counts.soon) },
          { label: say(language, 'renewingCount'), value: number(counts.renewing) },
          { label: say(language, 'stoppedCount'), value: number(counts.stopped) },
          { label: say(language, 'overrideCount'), value: number(counts.overrides) },
        ],
      },
      {
        title: say(language, 'all'),
        heads: [
          say(language, 'status'),
          ...heads.map((name) => translate(language, `field.Licence.${name}`)),
          translate(language, 'enum.licenceClock.expiry'),
          translate(language, 'enum.licenceClock.apply-by'),
        ],
        rows: lines.map((line) => [
          { text: translate(language, `enum.licenceStatus.${line.status}`), tag: line.status },
          { text: line.name, to: recordPage('Licence', line.id) },
          { text: line.holder },
          { text: line.number },
          dayCell(language, line.expiresOn, line.daysLeft),
          line.isRenewing
            ? { text: translate(language, 'enum.licenceStatus.renewing') }
            : dayCell(language, line.applyBy, line.applyDaysLeft),
        ]),
        empty: say(language, 'noLicence'),
      },
      await stopsSection(pool, language),
      await mineSection(pool, staff),
    ],
  };
}

async function mineSection(pool: Pool, { language, email }: PanelStaff): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    name: string;
    clock: 'expiry';
    id: string;
    isRule: boolean;
    targetOn: string;
    days: number;
  }>(MINE, [email]);
  return {
    title: say(language, 'mine'),
    heads: [
      translate(language, 'field.Licence.name'),
      say(language, 'clock'),
      say(language, 'daysLeft'),
    ],
    rows: rows.map((row) => [
      { text: row.name, to: recordPage(row.isRule ? 'LegalRule' : 'Licence', row.id) },
      { text: translate(language, `enum.licenceClock.${row.clock}`) },
      dayCell(language, row.targetOn, row.days),
    ]),
    empty: say(language, 'noMine'),
  };
}
