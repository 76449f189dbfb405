import type pg from 'pg';
import { DAY_MS, HAO_PER_FEN, HOUR_MS, MINUTE_MS, SECOND_MS, startOfDayMs } from '#domain';
import { inTransaction } from '#domain/database';
import { importStatement, partyOf, postEntry, reconcileStatement } from '#domain/stores';
import { FEE_BASIS_POINTS, type MonthBooks, openBooks, PLATFORM, SUPPLIER } from './books.js';
import { Chance } from './chance.js';
import { type BankLine, bankFile, platformFile, supplierFile } from './files.js';
import { feeOf, type MonthLine, platformLines, supplierLines } from './lines.js';
import { type Plant, plantDifferences } from './plants.js';
import { type Sale, sell } from './sales.js';

const START_MS = startOfDayMs('2026-10-01');
const END_MS = startOfDayMs('2026-11-01');
/** All buffers have run out. */
export const RECONCILED_AT_MS = END_MS + 5 * DAY_MS;
/** Lines that are one fen off: they go to rounding and are no difference. */
const ROUNDED_LINES = 5;

export interface Month {
  readonly books: MonthBooks;
  readonly plants: readonly Plant[];
  readonly saleCount: number;
  readonly lineCount: number;
  /** What the platform still owes by its own statement. */
  readonly owedByStatementHao: number;
  /** What the supplier has taken by its own statement. */
  readonly takenByStatementHao: number;
}

/** Sells a month, writes what platform, supplier and bank say of it with twelve planted differences, and reconciles. */
export async function reconcileMonth(
  pool: pg.Pool,
  seed: string,
  say: (text: string) => void,
): Promise<Month> {
  const chance = new Chance(seed);
  const books = await openBooks(pool, chance);
  await setParties(pool);
  const bank: BankLine[] = [];
  const { sales, crossDay } = await sellMonth(books, chance, bank);
  say(`${sales.length} orders sold`);
  const platform = platformLines(sales, chance);
  const supplier = supplierLines(sales);
  const statements = { platform, supplier, startMs: START_MS, endMs: END_MS, crossDay };
  const plants = plantDifferences(statements, chance);
  roundLines(platform, plants, chance);
  const dueHao = platform.reduce((sum, { amountHao, feeHao }) => sum + amountHao - feeHao, 0);
  const paidHao = bank.reduce((sum, { amountHao }) => sum + amountHao, 0);
  await pay(books, { bank, chance, amountHao: dueHao - paidHao, atMs: END_MS - 20 * MINUTE_MS });
  platform.push(...bank.map(payoutLine));
  const inOrder = (lines: MonthLine[]): MonthLine[] => lines.sort((a, b) => a.atMs - b.atMs);
  await take(pool, `platform:${PLATFORM}`, platformFile(inOrder(platform), statements));
  await take(pool, `supplier:${SUPPLIER}`, await supplierFile(inOrder(supplier)), {
    from: '2026-10-01',
    to: '2026-10-31',
  });
  await take(pool, 'bank', bankFile(bank), { from: '2026-10-01', to: '2026-11-04' });
  await reconcileAll(pool);
  say('reconciled');
  return {
    books,
    plants,
    saleCount: sales.length,
    lineCount: platform.length + supplier.length + bank.length,
    owedByStatementHao: 0,
    takenByStatementHao: supplier.reduce((sum, { amountHao }) => sum + amountHao, 0),
  };
}

async function setParties(pool: pg.Pool): Promise<void> {
  for (const code of [`platform:${PLATFORM}`, `supplier:${SUPPLIER}`]) await partyOf(pool, code);
  await pool.query(
    `UPDATE statement_parties SET fee_basis_points = CASE WHEN kind = 'platform' THEN $1::int ELSE 0 END, closed_through = '2026-09-30'
     WHERE code <> 'bank'`,
    [FEE_BASIS_POINTS],
  );
}

async function sellMonth(
  books: MonthBooks,
  chance: Chance,
  bank: BankLine[],
): Promise<{ readonly sales: readonly Sale[]; readonly crossDay: Sale }> {
  const [stocked] = books.products;
  if (!stocked) throw new Error('nothing to sell');
  const crossDay = await sell(books, chance, {
    atMs: START_MS - chance.between(5, 55) * SECOND_MS,
    product: stocked,
  });
  const count = chance.between(250, 450);
  const times = Array.from({ length: count }, () => momentOf(chance)).sort((a, b) => a - b);
  const sales: Sale[] = [crossDay];
  let payoutDay = 7;
  for (const atMs of times) {
    if (payoutDay <= 21 && atMs > START_MS + payoutDay * DAY_MS) {
      const boughtHao = sales.reduce(
        (sum, sale) => sum + (sale.refundedAtMs ? 0 : sale.amountHao),
        0,
      );
      const amountHao = Math.floor((boughtHao * 0.2) / HAO_PER_FEN) * HAO_PER_FEN;
      await pay(books, { bank, chance, amountHao, atMs: START_MS + payoutDay * DAY_MS - HOUR_MS });
      payoutDay += 7;
    }
    sales.push(await sell(books, chance, { atMs, product: chance.of(books.products) }));
  }
  return { sales, crossDay };
}

/** A whole second of the month, not so near to its end that a refund falls behind it. */
function momentOf(chance: Chance): number {
  const seconds = Math.floor((END_MS - START_MS - HOUR_MS) / SECOND_MS);
  return START_MS + MINUTE_MS + Math.floor(chance.next() * (seconds - 120)) * SECOND_MS;
}

/** The platform pays, the bank receives it and finance books it. */
async function pay(
  { pool, platformId }: MonthBooks,
  paid: {
    readonly bank: BankLine[];
    readonly chance: Chance;
    readonly amountHao: number;
    readonly atMs: number;
  },
): Promise<void> {
  const reference = `B${paid.chance.digits(12)}`;
  const payoutNo = `JS${paid.chance.digits(10)}`;
  const { amountHao, atMs } = paid;
  paid.bank.push({ reference, payoutNo, amountHao, atMs: atMs + 10 * MINUTE_MS });
  const { rows } = await pool.query<{ bank: string; platform: string }>(
    `SELECT (SELECT id FROM ledger_accounts WHERE code = 'bank') AS bank,
       (SELECT id FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1) AS platform`,
    [platformId],
  );
  const accounts = rows[0];
  if (!accounts) throw new Error('the ledger has no bank');
  await inTransaction(pool, async (client) => {
    await postEntry(client, {
      key: `payment:${reference}`,
      kind: 'statement-payment',
      orderId: null,
      attemptId: null,
      lines: [
        { accountId: accounts.bank, amountHao },
        { accountId: accounts.platform, amountHao: -amountHao },
      ],
      nowMs: atMs + 12 * MINUTE_MS,
    });
    await client.query('UPDATE ledger_accounts SET balance_hao = balance_hao + $2 WHERE id = $1', [
      accounts.platform,
      amountHao,
    ]);
  });
}

const payoutLine = ({ payoutNo, amountHao, atMs }: BankLine): MonthLine => ({
  type: 'payout',
  ourNo: '',
  theirNo: payoutNo,
  product: '',
  quantity: null,
  amountHao,
  feeHao: 0,
  status: '成功',
  atMs,
  memo: '',
});

function roundLines(lines: readonly MonthLine[], plants: readonly Plant[], chance: Chance): void {
  const taken = new Set(plants.map(({ number }) => number));
  const free = lines.filter(
    ({ type, status, theirNo }) => type === 'order' && status === '成功' && !taken.has(theirNo),
  );
  for (let at = 0; at < ROUNDED_LINES; at += 1) {
    const line = chance.take(free);
    line.amountHao += chance.of([-HAO_PER_FEN, HAO_PER_FEN]);
    line.feeHao = feeOf(line.amountHao);
  }
}

async function take(
  pool: pg.Pool,
  partyCode: string,
  file: Buffer,
  period?: { readonly from: string; readonly to: string },
): Promise<void> {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield file;
  };
  await importStatement(pool, bytes(), {
    partyCode,
    fileName: `${partyCode.replace(':', '-')}-2026-10`,
    encoding: 'auto',
    startedBy: 'sample month',
    nowMs: RECONCILED_AT_MS,
    ...(period ? { period } : {}),
  });
}

/** As the runs do it: each statement until nothing more can be done, the bank’s last. */
async function reconcileAll(pool: pg.Pool): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT s.id FROM external_statements s JOIN statement_parties p ON p.id = s.party_id
       WHERE s.status = 'reconciling' ORDER BY p.kind = 'bank', p.code`,
    );
    for (const { id } of rows)
      await reconcileStatement(pool, { statementId: id, nowMs: RECONCILED_AT_MS + round * DAY_MS });
  }
}
