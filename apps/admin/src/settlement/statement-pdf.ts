import path from 'node:path';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { STATEMENT_CATEGORIES } from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { StatementRead } from '#domain/stores';
import type { Sheet } from '../http/sheet-download.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { categoryHao, say } from './settlement-words.js';

const FONTS = path.join(
  path.dirname(fileURLToPath(import.meta.resolve('@embedpdf/fonts-sc'))),
  '..',
  'fonts',
);
const MARGIN = 40;
const TITLE_SIZE = 16;
const TEXT_SIZE = 9;
const LINE_HEIGHT = 15;
/** How the width of a page is shared by the columns of the lines. */
const SHARES = [0.22, 0.2, 0.22, 0.22, 0.14];

/** A statement on paper, A4. Its font is part of the file, so that Chinese shows wherever it is opened. */
export function statementPdf(
  language: Language,
  statement: StatementRead,
  { heads, rows }: Sheet,
  nowMs: number,
): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', margin: MARGIN, bufferPages: true });
  const done = contentOf(document);
  document.registerFont('text', path.join(FONTS, 'NotoSansHans-Regular.otf'));
  document.registerFont('bold', path.join(FONTS, 'NotoSansHans-Bold.otf'));
  head(document, language, statement);
  table(document, [heads, ...rows.map((row) => row.map(String))]);
  number(document, say(language, 'printed', { at: shanghaiTime(new Date(nowMs)) }));
  document.end();
  return done;
}

function contentOf(document: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}

function head(document: PDFKit.PDFDocument, language: Language, statement: StatementRead): void {
  document.font('bold').fontSize(TITLE_SIZE);
  document.text(`${say(language, 'statementTitle')} ${statement.statementNo}`);
  document.font('text').fontSize(TEXT_SIZE).moveDown(0.6);
  const facts: readonly (readonly [string, string])[] = [
    [say(language, 'platform'), `${statement.platformName} (${statement.platformCode})`],
    [say(language, 'period'), `${statement.periodFrom} – ${statement.periodTo}`],
    [
      translate(language, 'field.Statement.status'),
      translate(language, `enum.statementStatus.${statement.status}`),
    ],
    [say(language, 'opening'), shownAmount(statement.openingHao)],
    ...STATEMENT_CATEGORIES.map(
      (category) =>
        [
          translate(language, `enum.statementCategory.${category}`),
          shownAmount(categoryHao(statement, category)),
        ] as const,
    ),
    [say(language, 'closing'), shownAmount(statement.closingHao)],
    [say(language, 'due'), shownAmount(statement.dueHao)],
    [say(language, 'paid'), shownAmount(statement.paidHao)],
    [say(language, 'outstanding'), shownAmount(statement.outstandingHao)],
    [say(language, 'dueOn'), statement.dueOn ?? '–'],
  ];
  for (const [label, value] of facts) document.text(`${label}  ${value}`);
  document.moveDown();
}

function table(document: PDFKit.PDFDocument, rows: readonly (readonly string[])[]): void {
  const width = document.page.width - 2 * MARGIN;
  const bottom = document.page.height - 2 * MARGIN;
  rows.forEach((row, index) => {
    if (document.y + LINE_HEIGHT > bottom) document.addPage();
    const top = document.y;
    document.font(index === 0 ? 'bold' : 'text').fontSize(TEXT_SIZE);
    let left = MARGIN;
    row.forEach((text, column) => {
      const columnWidth = width * (SHARES[column] ?? 0);
      document.text(text, left, top, {
        width: columnWidth - 6,
        height: LINE_HEIGHT,
        ellipsis: true,
        lineBreak: false,
        align: column === row.length - 1 ? 'right' : 'left',
      });
      left += columnWidth;
    });
    document.y = top + LINE_HEIGHT;
  });
}

/** When it was made, and which page of how many it is, at the foot of each. */
function number(document: PDFKit.PDFDocument, printed: string): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    document.page.margins.bottom = 0;
    document
      .font('text')
      .fontSize(TEXT_SIZE - 1)
      .text(`${printed} · ${page + 1} / ${count}`, MARGIN, document.page.height - MARGIN, {
        width: document.page.width - 2 * MARGIN,
        align: 'center',
        lineBreak: false,
      });
  }
}
