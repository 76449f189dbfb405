import type { Pool } from 'pg';
import {
  type DuePayment,
  type DueStatement,
  type LateDifferences,
  type MoneyDue,
  readMoneyDue,
} from '#domain/stores';
import { type Language, translate } from '#domain/i18n';
import { recordPage, sectionsPage } from '../components/places.js';
import type { DashboardView, RelatedSection, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { say } from './settlement-words.js';

const SHOWN_MAX = 200;

const sumOf = (lines: readonly { readonly openHao: number }[]): number =>
  lines.reduce((sum, { openHao }) => sum + openHao, 0);

function lateOf({ statements, payments }: MoneyDue): readonly { readonly openHao: number }[] {
  return [
    ...statements.filter(({ overdueDays }) => overdueDays > 0),
    ...payments.filter(({ isOverdue }) => isOverdue),
  ];
}

/** The tile of the first page. */
export async function moneyDueTile(
  pool: Pool,
  nowMs: number,
): Promise<NonNullable<DashboardView['moneyDue']>> {
  const due = await readMoneyDue(pool, nowMs);
  const late = lateOf(due);
  return {
    open: shownAmount(sumOf([...due.statements, ...due.payments])),
    overdue: shownAmount(sumOf(late)),
    overdueCount: late.length,
    differences: due.lateDifferences.reduce((sum, { count }) => sum + count, 0),
  };
}

/** What others are to pay, late or not, and the differences that nobody has explained in time. */
export async function moneyDuePage(pool: Pool, { language }: PanelStaff): Promise<SectionsView> {
  const due = await readMoneyDue(pool, Date.now());
  return {
    lead: say(language, 'moneyDueLead'),
    sections: [
      sumSection(language, due),
      statementSection(language, due.statements),
      paymentSection(language, due.payments),
      differenceSection(language, due.lateDifferences),
    ],
  };
}

function sumSection(language: Language, { statements, payments }: MoneyDue): RelatedSection {
  const lines = [
    {
      name: translate(language, 'entity.Statement'),
      all: statements,
      late: statements.filter(({ overdueDays }) => overdueDays > 0),
    },
    {
      name: translate(language, 'entity.LargeOrder'),
      all: payments,
      late: payments.filter(({ isOverdue }) => isOverdue),
    },
  ];
  return {
    title: say(language, 'moneyDueSum'),
    heads: [
      say(language, 'what'),
      say(language, 'dueCount'),
      say(language, 'dueYuan'),
      say(language, 'lateCount'),
      say(language, 'lateAmount'),
    ],
    rows: lines.map(({ name, all, late }) => [
      { text: name },
      { text: String(all.length), isNumber: true },
      { text: shownAmount(sumOf(all)), isNumber: true },
      { text: String(late.length), isNumber: true },
      { text: shownAmount(sumOf(late)), isNumber: true },
    ]),
  };
}

function statementSection(language: Language, due: readonly DueStatement[]): RelatedSection {
  return {
    title: say(language, 'openStatements'),
    heads: [
      translate(language, 'entity.Statement'),
      say(language, 'platform'),
      say(language, 'dueYuan'),
      say(language, 'dueOn'),
    ],
    rows: due.slice(0, SHOWN_MAX).map((one) => [
      { text: one.statementNo, to: recordPage('Statement', one.id) },
      { text: one.platformName },
      { text: shownAmount(one.openHao), isNumber: true },
      {
        text: one.dueOn ?? '–',
        ...(one.overdueDays > 0
          ? { note: say(language, 'overdue', { days: one.overdueDays }) }
          : {}),
      },
    ]),
    empty: say(language, 'nothingDue'),
    links: [
      {
        label: translate(language, 'action.ageing'),
        to: sectionsPage('Statement', 'ageing'),
      },
    ],
  };
}

function paymentSection(language: Language, due: readonly DuePayment[]): RelatedSection {
  const stage = (stageNo: number): string =>
    stageNo === 0
      ? translate(language, 'enum.largeOrderPhase.prepayment')
      : say(language, 'stageNo', { stageNo });
  return {
    title: say(language, 'largePayments'),
    heads: [
      translate(language, 'field.Order.orderNo'),
      say(language, 'platform'),
      say(language, 'what'),
      say(language, 'dueYuan'),
      say(language, 'dueOn'),
    ],
    rows: due.slice(0, SHOWN_MAX).map((one) => [
      { text: one.orderNo, to: recordPage('LargeOrder', one.orderId) },
      { text: one.platformName },
      { text: stage(one.stageNo) },
      { text: shownAmount(one.openHao), isNumber: true },
      {
        text: shanghaiTime(new Date(one.dueAtMs)),
        ...(one.isOverdue ? { note: say(language, 'late') } : {}),
      },
    ]),
    empty: say(language, 'nothingDue'),
  };
}

function differenceSection(language: Language, late: readonly LateDifferences[]): RelatedSection {
  return {
    title: say(language, 'lateDifferences'),
    hint: say(language, 'lateDifferencesHint'),
    heads: [
      translate(language, 'field.ReconciliationDifference.partyId'),
      say(language, 'lateCount'),
      translate(language, 'page.reconciliation.amount'),
      say(language, 'oldestDue'),
    ],
    rows: late.map((one) => [
      { text: one.partyCode },
      { text: String(one.count), isNumber: true },
      { text: shownAmount(one.sizeHao), isNumber: true },
      { text: shanghaiTime(new Date(one.oldestDueAtMs)) },
    ]),
    empty: say(language, 'noLateDifferences'),
    links: [
      {
        label: translate(language, 'action.differenceWork'),
        to: sectionsPage('ReconciliationDifference', 'differenceWork'),
      },
    ],
  };
}
