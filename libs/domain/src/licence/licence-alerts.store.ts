import type { AlertFact } from '../alert/alert-change.js';
import type { Sql } from '../database/sql.js';
import { shanghaiDate } from '../shared/business-time.js';
import { daysBetween, RULE_REVIEW_DAYS } from './reminder-plan.js';
import { ASKED_RENEWALS_SQL } from './renewal-status.js';

/** So close to a day everybody who watches alerts is told, too. */
const SOON_DAYS = 30;

const LICENCES = `
  SELECT l.name, l.number, l.standing, l.expires_on::text AS "expiresOn",
    CASE WHEN EXISTS (SELECT 1 FROM licence_renewals r WHERE r.licence_id = l.id AND r.status IN ${ASKED_RENEWALS_SQL})
      THEN l.expires_on ELSE least(l.apply_by, l.expires_on) END::text AS "nextOn"
  FROM licences l
  WHERE l.standing IN ('in-force', 'suspended', 'revoked') AND l.verified_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM licences n WHERE n.previous_id = l.id AND n.verified_at IS NOT NULL AND n.standing = 'in-force')`;
const STOPS = `
  SELECT p.code, s.lacks -> 0 ->> 'fault' AS fault FROM sale_stops s JOIN products p ON p.id = s.product_id WHERE s.ended_at IS NULL`;
const RULES = `
  SELECT code, verified_on::text AS verified FROM legal_rules
  WHERE is_current AND verified_on + ${RULE_REVIEW_DAYS} <= $1::date`;

/** Licences that lapse or have lapsed, products that are off sale for it, and legal rules that nobody has read for a year. */
export async function licenceFacts(sql: Sql, nowMs: number): Promise<AlertFact[]> {
  const today = shanghaiDate(nowMs);
  const licences = await sql.query<{
    name: string;
    number: string;
    standing: string;
    expiresOn: string | null;
    nextOn: string | null;
  }>({ name: 'alert-licences', text: LICENCES });
  const stops = await sql.query<{ code: string; fault: string | null }>({
    name: 'alert-sale-stops',
    text: STOPS,
  });
  const rules = await sql.query<{ code: string; verified: string }>({
    name: 'alert-legal-rules',
    text: RULES,
    values: [today],
  });
  return [
    ...licences.rows.flatMap(({ name, number, standing, expiresOn, nextOn }): AlertFact[] => {
      const subject = `${name} ${number}`.slice(0, 100);
      const isLapsed = standing !== 'in-force' || (expiresOn !== null && expiresOn < today);
      const isSoon = !isLapsed && nextOn !== null && daysBetween(today, nextOn) <= SOON_DAYS;
      return [
        {
          kind: 'licence-lapsed',
          subject,
          state: isLapsed ? 'crossed' : 'clear',
          value: expiresOn ?? standing,
        },
        { kind: 'licence-due', subject, state: isSoon ? 'crossed' : 'clear', value: nextOn ?? '' },
      ];
    }),
    ...stops.rows.map(({ code, fault }): AlertFact => ({
      kind: 'sale-stopped',
      subject: code,
      state: 'crossed',
      value: fault ?? '',
    })),
    ...rules.rows.map(({ code, verified }): AlertFact => ({
      kind: 'legal-rule-old',
      subject: code,
      state: 'crossed',
      value: verified,
    })),
  ];
}
