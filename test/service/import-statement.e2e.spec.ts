import iconv from 'iconv-lite';
import type pg from 'pg';
import { DAY_MS } from '#domain';
import { inTransaction, openSqlPool } from '#domain/database';
import {
  decideMatch,
  importStatement,
  pairDifference,
  reconcileStatement,
  resolveDifference,
  rowFaultReport,
  type ImportedStatement,
} from '#domain/stores';
import { doctorFinds } from '../../tools/sample-month/judge.js';
import { openBooks, PLATFORM } from '../../tools/sample-month/books.js';
import { Chance } from '../../tools/sample-month/chance.js';
import { type Sale, sell } from '../../tools/sample-month/sales.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const DAY = Date.parse('2026-10-05T12:00:00+08:00');
const LATER = DAY + 10 * DAY_MS;
const HEAD = '平台订单号,商品编码,数量,金额,状态,时间';

let database: TestDatabase;
let pool: pg.Pool;
let sales: Sale[];
beforeEach(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 3, 'test');
  const chance = new Chance('import');
  const books = await openBooks(pool, chance);
  sales = [];
  for (let at = 0; at < 3; at += 1) {
    const [product] = books.products;
    if (product) sales.push(await sell(books, chance, { atMs: DAY + at * 3_600_000, product }));
  }
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const yuan = (hao: number): string => (hao / 10_000).toFixed(2);
const lineOf = (sale: Sale | undefined, more: { amountHao?: number; no?: string } = {}): string =>
  sale === undefined
    ? ''
    : [
        more.no ?? sale.merchantOrderNo,
        sale.product.code,
        sale.quantity,
        yuan(more.amountHao ?? sale.amountHao),
        '成功',
        new Date(sale.atMs + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
      ].join(',');

async function take(
  file: string | Buffer,
  more: Partial<Parameters<typeof importStatement>[2]> = {},
): Promise<ImportedStatement> {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(file);
  };
  return importStatement(pool, bytes(), {
    partyCode: `platform:${PLATFORM}`,
    fileName: 'statement.csv',
    encoding: 'auto',
    startedBy: 'test',
    period: { from: '2026-10-05', to: '2026-10-05' },
    nowMs: LATER,
    ...more,
  });
}

async function takeAndReconcile(file: string): Promise<ImportedStatement> {
  const taken = await take(file);
  await reconcileStatement(pool, { statementId: taken.statementId, nowMs: LATER });
  return taken;
}

const differences = async () =>
  (
    await pool.query<{ id: string; kind: string; status: string; favour_hao: string }>(
      'SELECT id, kind, status, favour_hao FROM reconciliation_differences ORDER BY id',
    )
  ).rows;
const count = async (sql: string): Promise<number> =>
  Number((await pool.query<{ count: string }>(sql)).rows[0]?.count ?? -1);

describe('taking a statement', () => {
  it.each(['utf-8', 'gb18030'])('reads %s and matches what is ours', async (encoding) => {
    const file = iconv.encode([HEAD, ...sales.map((sale) => lineOf(sale))].join('\n'), encoding);
    const taken = await take(file);
    await reconcileStatement(pool, { statementId: taken.statementId, nowMs: LATER });
    expect(taken).toMatchObject({ lineCount: 3, versionNo: 1 });
    expect(await differences()).toEqual([]);
    expect(await count(`SELECT count(*) FROM external_lines WHERE state = 'matched'`)).toBe(3);
  });

  it('takes all lines or none: rows that cannot be read are kept to be downloaded', async () => {
    const file = [HEAD, lineOf(sales[0]), 'P9,X,1,=1+1,成功,2026-10-05 10:00:00'].join('\n');
    await expect(take(file)).rejects.toMatchObject({ code: 'statement.rows-unreadable' });
    expect(await count('SELECT count(*) FROM external_lines')).toBe(0);
    const { rows } = await pool.query<{ id: string; status: string; fault_count: number }>(
      'SELECT id, status, fault_count FROM external_statements',
    );
    expect(rows).toMatchObject([{ status: 'refused', fault_count: 1 }]);
    const report: string[] = [];
    for await (const part of rowFaultReport(pool, rows[0]?.id ?? '')) report.push(part);
    expect(report.join('')).toContain(`3,bad-amount,'=1+1`);
  });

  it('refuses totals that are not the sum of the lines and says by how much', async () => {
    const file = ['订单总额,9999.00', HEAD, lineOf(sales[0])].join('\n');
    await expect(take(file)).rejects.toMatchObject({
      code: 'statement.totals-differ',
      params: { stated: '9999.00', lines: yuan(sales[0]?.amountHao ?? 0) },
    });
  });

  it('refuses the same file a second time, and takes it after a refusal', async () => {
    const file = [HEAD, lineOf(sales[0])].join('\n');
    await take(file);
    await expect(take(file)).rejects.toMatchObject({ code: 'statement.already-imported' });
    expect(
      await count(`SELECT count(*) FROM external_statements WHERE status = 'reconciling'`),
    ).toBe(1);
  });

  it.each([
    ['nothing', '', 'statement.empty'],
    ['no headings', 'a,b\nc,d\n', 'statement.headings-unknown'],
    ['headings alone', HEAD, 'statement.empty'],
    ['bytes of no encoding', Buffer.from([0xff, 0x00, 0x81]), 'import.encoding-unknown'],
    ['a broken zip', Buffer.from('PK\u0003\u0004broken'), 'statement.file-unreadable'],
  ])('refuses %s with a reason', async (_, file, code) => {
    await expect(take(file)).rejects.toMatchObject({ code });
  });

  it('remembers which column is which, once a person has said so', async () => {
    const odd = HEAD.replace('金额', '实收').replace('平台订单号', '他们的号');
    await expect(take([odd, lineOf(sales[0])].join('\n'))).rejects.toMatchObject({
      code: 'statement.headings-unknown',
    });
    const columns = { amount: '实收', 'their-no': '他们的号' };
    await take([odd, lineOf(sales[0])].join('\n'), { columns });
    const again = await take([odd, lineOf(sales[1])].join('\n'), {
      period: { from: '2026-10-06', to: '2026-10-06' },
    });
    expect(again.lineCount).toBe(1);
  });
});

describe('the same period again', () => {
  it('is a new version: what is unchanged keeps its match, what changed is looked at anew', async () => {
    const [first, second, third] = sales;
    const before = await takeAndReconcile(
      [HEAD, lineOf(first), lineOf(second, { amountHao: 10_000 }), lineOf(third)].join('\n'),
    );
    expect((await differences()).map(({ kind }) => kind)).toEqual(['amount-short']);
    const after = await takeAndReconcile(
      [HEAD, lineOf(first), lineOf(second), lineOf(undefined)].join('\n'),
    );
    expect(after).toMatchObject({ versionNo: 2, addedCount: 0, changedCount: 1, removedCount: 1 });
    expect((await differences()).map(({ kind, status }) => [kind, status])).toEqual([
      ['amount-short', 'superseded'],
      ['missing-theirs', 'open'],
    ]);
    expect(
      await count(
        `SELECT count(*) FROM external_lines WHERE statement_id = '${before.statementId}' AND state = 'gone'`,
      ),
    ).toBe(3);
    expect(await doctorFinds(pool)).toEqual([]);
  });

  it('takes back what was booked for a line that is gone', async () => {
    const [first, second, third] = sales;
    await takeAndReconcile(
      [HEAD, lineOf(first), lineOf(second, { amountHao: 10_000 }), lineOf(third)].join('\n'),
    );
    const [difference] = await differences();
    await inTransaction(pool, (client) =>
      resolveDifference(client, {
        differenceId: difference?.id ?? '',
        resolution: 'suspense',
        cause: 'unknown',
        reason: 'asked the platform',
        evidence: null,
        by: 'test',
        nowMs: LATER,
      }),
    );
    await takeAndReconcile([HEAD, lineOf(first), lineOf(second), lineOf(third)].join('\n'));
    expect((await differences()).map(({ status }) => status)).toEqual(['superseded']);
    expect(
      await count(`SELECT coalesce(sum(p.amount_hao), 0) AS count FROM ledger_postings p JOIN ledger_accounts a
      ON a.id = p.account_id WHERE a.kind LIKE 'suspense%'`),
    ).toBe(0);
    expect(await doctorFinds(pool)).toEqual([]);
  });
});

describe('reconciling', () => {
  it('changes nothing when it is run again', async () => {
    const taken = await takeAndReconcile(
      [HEAD, lineOf(sales[0]), lineOf(sales[1], { no: 'NOBODY' })].join('\n'),
    );
    const before = await differences();
    await pool.query(
      `UPDATE external_statements SET status = 'reconciling', ours_cursor = 0, is_ours_done = false`,
    );
    await reconcileStatement(pool, { statementId: taken.statementId, nowMs: LATER });
    expect(await differences()).toEqual(before);
  });

  it('waits for the buffer before anything is missing', async () => {
    const taken = await take(
      [HEAD, lineOf(sales[0], { no: 'NOBODY', amountHao: 7_700 })].join('\n'),
    );
    const early = await reconcileStatement(pool, {
      statementId: taken.statementId,
      nowMs: DAY + DAY_MS,
    });
    expect(await differences()).toEqual([]);
    expect(early.wakeAtMs).toBeGreaterThan(DAY + DAY_MS);
    await reconcileStatement(pool, { statementId: taken.statementId, nowMs: LATER });
    expect((await differences()).map(({ kind }) => kind).sort()).toEqual([
      'missing-ours',
      'missing-theirs',
      'missing-theirs',
      'missing-theirs',
    ]);
  });

  it('proposes what is alike in all but the number, and a person decides', async () => {
    const taken = await takeAndReconcile(
      [HEAD, lineOf(sales[0], { no: 'TYPO' }), lineOf(sales[1]), lineOf(sales[2])].join('\n'),
    );
    const match = (
      await pool.query<{ id: string; pass: string }>(
        `SELECT id, pass FROM reconciliation_matches WHERE status = 'proposed'`,
      )
    ).rows[0];
    expect(match?.pass).toBe('composite');
    expect(await differences()).toEqual([]);
    const decide = (isSame: boolean) =>
      inTransaction(pool, (client) =>
        decideMatch(client, { matchId: match?.id ?? '', isSame, by: 'test', nowMs: LATER }),
      );
    await decide(false);
    await reconcileStatement(pool, { statementId: taken.statementId, nowMs: LATER });
    const [missing] = (await differences()).filter(({ kind }) => kind === 'missing-ours');
    await expect(decide(true)).rejects.toMatchObject({ code: 'difference.pair-not-found' });
    await inTransaction(pool, (client) =>
      pairDifference(client, {
        differenceId: missing?.id ?? '',
        number: sales[0]?.orderNo ?? '',
        by: 'test',
        nowMs: LATER,
      }),
    );
    await reconcileStatement(pool, { statementId: taken.statementId, nowMs: LATER });
    expect((await differences()).filter(({ status }) => status === 'open')).toEqual([]);
    expect(await doctorFinds(pool)).toEqual([]);
  });
});
