import type { Pool } from 'pg';
import { paramsOf, type RiskRuleKind } from '#domain';
import { translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';

/** The numbers of a rule, and its revisions. */
export async function ruleRelated(
  pool: Pool,
  { language }: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{ kind: RiskRuleKind; params: Record<string, number> }>(
    'SELECT kind, params FROM risk_rules WHERE id = $1',
    [id],
  );
  const rule = rows[0];
  if (!rule) return [];
  const revisions = await pool.query<{
    id: string;
    revision: number;
    reason: string;
    asked_by: string;
    approved_by: string | null;
    created_at: Date;
  }>(
    'SELECT id, revision, reason, asked_by, approved_by, created_at FROM risk_rules WHERE kind = $1 ORDER BY revision DESC LIMIT 50',
    [rule.kind],
  );
  const field = (name: 'revision' | 'reason' | 'askedBy' | 'approvedBy' | 'createdAt'): string =>
    translate(language, `field.RiskRule.${name}`);
  return [
    {
      title: translate(language, 'page.risk.params'),
      hint: translate(language, 'page.risk.ruleHint'),
      heads: [translate(language, 'page.risk.param'), translate(language, 'page.risk.value')],
      rows: paramsOf(rule.kind).map((name) => [
        { text: translate(language, `enum.riskParam.${name}`) },
        { text: String(rule.params[name] ?? '–'), isNumber: true },
      ]),
      empty: '',
    },
    {
      title: translate(language, 'page.risk.revisions'),
      heads: [
        field('revision'),
        field('reason'),
        field('askedBy'),
        field('approvedBy'),
        field('createdAt'),
      ],
      rows: revisions.rows.map((row) => [
        { text: String(row.revision), to: recordPage('RiskRule', row.id) },
        { text: row.reason },
        { text: row.asked_by },
        { text: row.approved_by ?? '–' },
        { text: shanghaiTime(row.created_at) },
      ]),
      empty: '',
    },
  ];
}
