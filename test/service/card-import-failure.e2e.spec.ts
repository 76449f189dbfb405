import { DomainError } from '#domain';
import { failDeadImports } from '#domain/stores';
import { cardLines, ImportBench } from '../support/import-bench.js';
import { withClient } from '../support/postgres.js';

let bench: ImportBench;
beforeAll(async () => void (bench = await ImportBench.open()));
afterAll(() => bench.close());

describe('an import that cannot be', () => {
  it.each([
    ['no such product', 'NOWHERE', 'A,1', 'product.not-found'],
    ['no card in the file', undefined, '卡号,密码\n\n', 'import.empty'],
    ['an empty file', undefined, '', 'import.empty'],
  ])('says so: %s', async (_, productCode, file, code) => {
    const product = productCode ?? (await bench.aProduct());
    await expect(bench.handIn(product, file)).rejects.toThrow(
      new DomainError(code as 'import.empty'),
    );
  });

  it('says so: a product that is not sold as cards', async () => {
    const product = await bench.aProduct('top-up');
    await expect(bench.handIn(product, 'A,1')).rejects.toMatchObject({
      code: 'import.not-a-card-product',
    });
  });

  it('leaves nothing behind when its source breaks in the middle, and may be tried again', async () => {
    const product = await bench.aProduct();
    const file = cardLines(12_000, 'broken').join('\n');
    let importId = '';
    async function* breaking(): AsyncIterable<Buffer> {
      yield Buffer.from(file);
      throw new Error('the upload was cut');
    }
    const onStart = (id: string): void => void (importId = id);
    await expect(bench.handIn(product, breaking(), { onStart })).rejects.toThrow(
      'the upload was cut',
    );
    expect(await bench.stockOf(product)).toBe(0);
    expect(await bench.statusOf(importId)).toEqual({
      status: 'failed',
      fail_code: 'service.failed',
    });
    expect((await bench.handIn(product, file)).importedCount).toBe(12_000);
  });

  it('is rolled back when it is stopped', async () => {
    const product = await bench.aProduct();
    const stop = new AbortController();
    let importId = '';
    async function* hanging(): AsyncIterable<Buffer> {
      yield Buffer.from(cardLines(11_000, 'stopped').join('\n'));
      stop.abort();
      await new Promise(() => undefined);
    }
    const choices = { signal: stop.signal, onStart: (id: string) => void (importId = id) };
    await expect(bench.handIn(product, hanging(), choices)).rejects.toThrow(
      new DomainError('import.interrupted'),
    );
    expect(await bench.stockOf(product)).toBe(0);
    expect(await bench.statusOf(importId)).toEqual({
      status: 'failed',
      fail_code: 'import.interrupted',
    });
  });

  it('is rolled back when its connection dies, and its record is ended by whoever looks next', async () => {
    const product = await bench.aProduct();
    await bench.pool.query(
      `INSERT INTO card_imports (product_id, file_name, started_by) SELECT id, 'dead.txt', 'x' FROM products WHERE code = $1`,
      [product],
    );
    let importId = '';
    async function* killed(): AsyncIterable<Buffer> {
      yield Buffer.from(cardLines(11_000, 'killed').join('\n'));
      // It lives: whoever looks leaves it alone and ends only the dead one.
      expect(await failDeadImports(bench.pool)).toBe(0);
      expect((await bench.statusOf(importId)).status).toBe('running');
      await withClient(bench.url, (other) =>
        other.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kagong-import' AND datname = current_database()`,
        ),
      );
      yield Buffer.from('killed-last,1');
    }
    const onStart = (id: string): void => void (importId = id);
    await expect(bench.handIn(product, killed(), { onStart })).rejects.toThrow();
    expect(await bench.stockOf(product)).toBe(0);
    const dead = await bench.one<{ status: string }>(
      `SELECT status FROM card_imports WHERE file_name = 'dead.txt'`,
    );
    expect(dead.status).toBe('failed');
    expect((await bench.statusOf(importId)).status).toBe('failed');
  });
});
