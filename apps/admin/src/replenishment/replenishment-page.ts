import type { Pool } from 'pg';
import { budgetPeriods, type AttemptStatus, type ReplenishmentStatus } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import { progressOf, spentOf } from './replenishment-words.js';

const SHOWN_MAX = 200;

const READ = `
  SELECT r.*, p.name AS product_name, rule.day_budget_hao, rule.month_budget_hao,
    a.id AS approval_id, a.status AS approval_status, a.decided_by, a.decided_at, a.decision_reason,
    (SELECT coalesce(sum(x.paid_hao) FILTER (WHERE x.created_at >= $2), 0) FROM replenishments o
      JOIN attempts x ON x.replenishment_id = o.id WHERE o.product_id = r.product_id AND o.deadline_at >= $2) AS day_paid,
    (SELECT coalesce(sum(x.paid_hao) FILTER (WHERE x.created_at >= $3), 0) FROM replenishments o
      JOIN attempts x ON x.replenishment_id = o.id WHERE o.product_id = r.product_id AND o.deadline_at >= $3) AS month_paid
  FROM replenishments r JOIN products p ON p.id = r.product_id
  LEFT JOIN replenishment_rules rule ON rule.product_id = p.id
  LEFT JOIN approvals a ON a.key = 'replenishment:' || r.id
  WHERE r.id = $1`;

const ATTEMPTS = `
  SELECT a.id, a.attempt_no, s.code, a.quantity, a.cost_hao, a.status, a.delivered_count + a.surplus_count AS received,
    a.outcome_message, a.created_at, a.settled_at
  FROM attempts a JOIN suppliers s ON s.id = a.supplier_id WHERE a.replenishment_id = $1 ORDER BY a.id LIMIT ${SHOWN_MAX}`;

interface Row {
  readonly quantity: number;
  readonly received_quantity: number;
  readonly paid_hao: string;
  readonly budget_hao: string;
  readonly status: ReplenishmentStatus;
  readonly asked_by: string;
  readonly reason: string | null;
  readonly created_at: Date;
  readonly cancel_asked_at: Date | null;
  readonly ended_at: Date | null;
  readonly day_budget_hao: string | null;
  readonly month_budget_hao: string | null;
  readonly day_paid: string;
  readonly month_paid: string;
  readonly approval_id: string | null;
  readonly approval_status: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decision_reason: string | null;
}

interface AttemptRow {
  readonly id: string;
  readonly attempt_no: string;
  readonly code: string;
  readonly quantity: number;
  readonly cost_hao: string;
  readonly status: AttemptStatus;
  readonly received: number;
  readonly outcome_message: string | null;
  readonly created_at: Date;
  readonly settled_at: Date | null;
}

/** What has come of it for how much, and everything that happened, in order. */
export async function replenishmentRelated(
  pool: Pool,
  { language }: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { dayMs, monthMs } = budgetPeriods(Date.now());
  const { rows } = await pool.query<Row>(READ, [id, new Date(dayMs), new Date(monthMs)]);
  const row = rows[0];
  if (!row) return [];
  const attempts = await pool.query<AttemptRow>(ATTEMPTS, [id]);
  return [factsSection(language, row), timelineSection(language, row, attempts.rows)];
}

function factsSection(language: Language, row: Row): RelatedSection {
  const budget = (paid: string, limit: string | null): RelatedCell => ({
    text:
      limit === null
        ? translate(language, 'page.stock.unlimited')
        : spentOf(language, { paid_hao: paid, budget_hao: limit }),
  });
  return {
    title: translate(language, 'page.stock.progress'),
    facts: [
      {
        label: translate(language, 'page.stock.progress'),
        value: { text: progressOf(language, row) },
      },
      { label: translate(language, 'page.stock.spent'), value: { text: spentOf(language, row) } },
      {
        label: translate(language, 'page.stock.dayLeft'),
        value: budget(row.day_paid, row.day_budget_hao),
      },
      {
        label: translate(language, 'page.stock.monthLeft'),
        value: budget(row.month_paid, row.month_budget_hao),
      },
    ],
  };
}

interface Happening {
  readonly at: Date;
  readonly what: RelatedCell;
  readonly where?: RelatedCell;
}

function timelineSection(
  language: Language,
  row: Row,
  attempts: readonly AttemptRow[],
): RelatedSection {
  const lines = [...storyOf(language, row), ...attempts.flatMap((one) => linesOf(language, one))];
  lines.sort((a, b) => a.at.getTime() - b.at.getTime());
  const head = (name: 'when' | 'what' | 'where'): string =>
    translate(language, `page.stock.${name}`);
  return {
    title: translate(language, 'page.stock.timeline'),
    heads: [head('when'), head('what'), head('where')],
    rows: lines.map(({ at, what, where }) => [
      { text: shanghaiTime(at) },
      what,
      where ?? { text: '' },
    ]),
    empty: '',
  };
}

function storyOf(language: Language, row: Row): Happening[] {
  const story: Happening[] = [
    {
      at: row.created_at,
      what: {
        text: translate(language, 'page.stock.asked', {
          who:
            row.asked_by === 'system' ? translate(language, 'enum.actorKind.system') : row.asked_by,
          quantity: shownCount(row.quantity),
        }),
        ...(row.reason === null ? {} : { note: row.reason }),
      },
    },
  ];
  if (row.approval_id !== null)
    story.push({
      at: row.created_at,
      what: {
        text: translate(language, 'page.stock.approvalAsked'),
        to: recordPage('Approval', row.approval_id),
      },
    });
  if (row.decided_at !== null) story.push({ at: row.decided_at, what: decisionOf(language, row) });
  if (row.cancel_asked_at !== null)
    story.push({
      at: row.cancel_asked_at,
      what: { text: translate(language, 'page.stock.cancelAsked') },
    });
  if (row.ended_at !== null)
    story.push({
      at: row.ended_at,
      what: {
        text: translate(language, 'page.stock.ended', {
          status: translate(language, `enum.replenishmentStatus.${row.status}`),
        }),
      },
    });
  return story;
}

function decisionOf(language: Language, row: Row): RelatedCell {
  const who = row.decided_by ?? '—';
  const text =
    row.approval_status === 'approved'
      ? translate(language, 'page.stock.approved', { who })
      : translate(language, 'page.stock.refused', { who, reason: row.decision_reason ?? '—' });
  return { text };
}

function linesOf(language: Language, attempt: AttemptRow): Happening[] {
  const where = { text: attempt.attempt_no, to: recordPage('Attempt', attempt.id) };
  const bought: Happening = {
    at: attempt.created_at,
    where,
    what: {
      text: translate(language, 'page.stock.bought', {
        supplier: attempt.code,
        quantity: shownCount(attempt.quantity),
        cost: shownAmount(Number(attempt.cost_hao)),
      }),
    },
  };
  if (attempt.settled_at === null) return [bought];
  return [
    bought,
    {
      at: attempt.settled_at,
      where,
      what: {
        text: translate(language, 'page.stock.settled', {
          supplier: attempt.code,
          result: translate(language, `enum.attemptStatus.${attempt.status}`),
          quantity: shownCount(attempt.received),
        }),
        ...(attempt.outcome_message === null ? {} : { note: attempt.outcome_message }),
      },
    },
  ];
}
