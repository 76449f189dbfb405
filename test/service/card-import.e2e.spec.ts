import { cardLines, ImportBench } from '../support/import-bench.js';

let bench: ImportBench;
beforeAll(async () => void (bench = await ImportBench.open()));
afterAll(() => bench.close());

describe('an import of cards', () => {
  it('puts cards into stock that open again, with their last day', async () => {
    const product = await bench.aProduct();
    const done = await bench.handIn(product, '卡号,密码,有效期\n007,p 7,2027-12-31\n008,p8,\n', {
      batchName: 'spring',
    });
    expect(done).toMatchObject({ lineCount: 2, importedCount: 2, refusedCount: 0 });
    expect(done.batchNo).toMatch(/^B20261124-\d{4}$/);
    const stored = await bench.pool.query(
      `SELECT c.id, c.product_id, c.batch_id, c.sealed, b.data_key_sealed, b.name, b.imported_count,
         c.expires_on::text AS last_day, s.expires_on::text AS queued_to
       FROM cards c JOIN card_batches b ON b.id = c.batch_id JOIN card_stock s ON s.card_id = c.id
       WHERE b.batch_no = $1 ORDER BY c.id`,
      [done.batchNo],
    );
    const opened = stored.rows.map((row) =>
      bench.vault.open({
        cardId: row.id,
        productId: row.product_id,
        batchId: row.batch_id,
        sealed: row.sealed,
        dataKeySealed: row.data_key_sealed,
      }),
    );
    expect(opened).toEqual([
      { cardNo: '007', cardPassword: 'p 7' },
      { cardNo: '008', cardPassword: 'p8' },
    ]);
    expect(stored.rows.map((row) => [row.last_day, row.queued_to])).toEqual([
      ['2027-12-31', '2027-12-31'],
      [null, 'infinity'],
    ]);
    expect(stored.rows[0]).toMatchObject({ name: 'spring', imported_count: 2 });
  });

  it('asks the worker to fill waiting orders, in the same commit', async () => {
    const product = await bench.aProduct();
    await bench.handIn(product, 'A-outbox,1');
    const told = await bench.one<{ count: number }>(
      `SELECT count(*)::int AS count FROM outbox_messages o JOIN products p ON o.subject = p.id::text
       WHERE o.kind = 'fill-stock' AND p.code = $1`,
      [product],
    );
    expect(told.count).toBe(1);
  });

  it('refuses each bad line with its number and reason and takes the rest', async () => {
    const product = await bench.aProduct();
    const file = [...cardLines(5, 'mixed'), 'mixed-3,again', '', 'only-number', 'm-x,p,2026-01-01'];
    const done = await bench.handIn(product, file.join('\n'));
    expect(done).toMatchObject({ lineCount: 8, importedCount: 5, refusedCount: 3 });
    expect(await bench.reportOf(done.importId)).toEqual([
      '6,duplicate-in-file,line 4',
      '8,missing-password,',
      '9,expired,',
    ]);
    expect(await bench.stockOf(product)).toBe(5);
  });

  it('finds a card that was ever in stock, also a sold one of another product', async () => {
    const [first, second] = [await bench.aProduct(), await bench.aProduct()];
    const old = await bench.handIn(first, 'sold-1,1\nkept-1,1');
    await bench.pool.query(
      `DELETE FROM card_stock s USING card_batches b WHERE b.id = s.batch_id AND b.batch_no = $1`,
      [old.batchNo],
    );
    const done = await bench.handIn(second, 'new-1,1\nsold-1,2\nkept-1,1\n ｋｅｐｔ-1 ,1');
    expect(done).toMatchObject({ importedCount: 1, refusedCount: 3 });
    expect(await bench.reportOf(done.importId)).toEqual(
      [2, 3, 4].map((lineNo) => `${lineNo},duplicate-in-stock,${old.batchNo ?? ''}`),
    );
  });

  it('finds doubles across chunks of a large file, and the first line wins', async () => {
    const product = await bench.aProduct();
    const all = cardLines(25_000, 'large');
    const done = await bench.handIn(product, [...all, all[7], all[24_999]].join('\r\n'));
    expect(done).toMatchObject({ lineCount: 25_002, importedCount: 25_000, refusedCount: 2 });
    expect(await bench.reportOf(done.importId)).toEqual([
      '25001,duplicate-in-file,line 8',
      '25002,duplicate-in-file,line 25000',
    ]);
    expect(await bench.stockOf(product)).toBe(25_000);
  });

  it('makes no batch where no line is taken', async () => {
    const product = await bench.aProduct();
    await bench.handIn(product, 'again-1,1');
    const done = await bench.handIn(product, 'again-1,1');
    expect(done).toMatchObject({ batchNo: null, importedCount: 0, refusedCount: 1 });
    expect((await bench.statusOf(done.importId)).status).toBe('done');
  });

  it('tells how far it is, in its record too', async () => {
    const product = await bench.aProduct();
    const told: number[] = [];
    let importId = '';
    async function* slow(): AsyncIterable<Buffer> {
      yield Buffer.from(`${cardLines(12_000, 'slow').join('\n')}\n`);
      for (let tries = 0; tries < 100; tries += 1) {
        const row = await bench.one<{ read_count: number }>(
          'SELECT read_count FROM card_imports WHERE id = $1',
          [importId],
        );
        if (row.read_count >= 12_000) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      yield Buffer.from('slow-last,1\n');
    }
    await bench.handIn(product, slow(), {
      onStart: (id) => (importId = id),
      onProgress: (now) => told.push(now.readCount),
    });
    expect(told).toContain(12_000);
    expect(told.at(-1)).toBe(12_001);
  });
});

describe('imports at the same time', () => {
  it('take each card of the same file once, and both end', async () => {
    const product = await bench.aProduct();
    const all = cardLines(12_000, 'twice');
    const done = await Promise.all([
      bench.handIn(product, all.join('\n')),
      bench.handIn(product, all.toReversed().join('\n')),
    ]);
    expect(await bench.stockOf(product)).toBe(12_000);
    expect(done.map((result) => result.importedCount).sort((a, b) => a - b)).toEqual([0, 12_000]);
    expect(done.every((result) => result.importedCount + result.refusedCount === 12_000)).toBe(
      true,
    );
  });

  it('get batch numbers of their own', async () => {
    const product = await bench.aProduct();
    const done = await Promise.all(
      ['n1', 'n2', 'n3', 'n4'].map((name) => bench.handIn(product, `${name},1`)),
    );
    expect(new Set(done.map((result) => result.batchNo)).size).toBe(4);
  });
});

it('leaves no code in clear in any table or in the report', async () => {
  const product = await bench.aProduct();
  const marker = 'CANARYMARKER';
  const seen: string[] = [];
  const done = await bench.handIn(product, `${marker}1,${marker}2\n${marker}1,x\n${marker}3\n`);
  for (const { table } of (
    await bench.pool.query<{ table: string }>(
      `SELECT quote_ident(relname) AS table FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    )
  ).rows) {
    const found = await bench.pool.query(
      `SELECT 1 FROM ${table} t WHERE t::text LIKE $1 OR t::text LIKE $2`,
      [`%${marker}%`, `%${Buffer.from(marker).toString('hex')}%`],
    );
    if (found.rowCount !== 0) seen.push(table);
  }
  expect(seen).toEqual([]);
  expect((await bench.reportOf(done.importId)).join()).not.toContain(marker);
});
