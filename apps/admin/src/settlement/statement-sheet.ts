import { formatAmount } from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { StatementLineRead, StatementRead } from '#domain/stores';
import type { Sheet } from '../http/sheet-download.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { say } from './settlement-words.js';

/** A statement as a table: the opening balance, each line, the closing balance. Amounts are texts, exact to the hao. */
export function statementSheet(
  language: Language,
  statement: StatementRead,
  lines: readonly StatementLineRead[],
): Sheet {
  const field = (name: 'postedAt' | 'kind' | 'orderId' | 'amountHao'): string =>
    translate(language, `field.StatementLine.${name}`);
  const balance = (name: 'opening' | 'closing', hao: number): readonly string[] => [
    name === 'opening' ? statement.periodFrom : statement.periodTo,
    say(language, name),
    '',
    '',
    formatAmount(hao),
  ];
  return {
    title: `${statement.statementNo}`,
    heads: [
      field('postedAt'),
      field('kind'),
      field('orderId'),
      translate(language, 'field.Order.merchantOrderNo'),
      field('amountHao'),
    ],
    rows: [
      balance('opening', statement.openingHao),
      ...lines.map((line) => [
        shanghaiTime(line.postedAt),
        translate(language, `enum.entryKind.${line.kind}`),
        line.orderNo ?? line.memo ?? '',
        line.merchantOrderNo ?? '',
        formatAmount(line.amountHao),
      ]),
      balance('closing', statement.closingHao),
    ],
  };
}
