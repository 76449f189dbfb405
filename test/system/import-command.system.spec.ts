import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { cardLines } from '../support/import-bench.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const PROGRAM = path.resolve(import.meta.dirname, '../../dist/tools/import-cards.js');
const MANY = 60_000;
let folder: string;
let database: TestDatabase;
let pool: pg.Pool;
const keys = {
  KAGONG_MASTER_KEYS: `m1:${randomBytes(32).toString('base64')}`,
  KAGONG_FINGERPRINT_KEY: randomBytes(32).toString('base64'),
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kagong-import-'));
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 2, 'test');
  await pool.query(`INSERT INTO products (code, name) VALUES ('P', 'P')`);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function command(...asked: string[]): Run {
  const args = [...asked, '--report', path.join(folder, 'report.csv')];
  const env = { ...process.env, ...keys, DATABASE_URL: database.url };
  const child = spawn(process.execPath, [PROGRAM, ...args], { env });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (told.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (told.stderr += text.toString()));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...told })),
  );
  return { process: child, ended };
}

function cardFile(lines: readonly string[]): string {
  const file = path.join(folder, `${randomBytes(4).toString('hex')}.txt`);
  writeFileSync(file, lines.join('\n'));
  return file;
}

async function one<Value>(sql: string): Promise<Value> {
  const found = await pool.query<{ value: Value }>(sql);
  return found.rows[0]?.value as Value;
}
const cardCount = (): Promise<number> => one('SELECT count(*)::int AS value FROM cards');

/** Waits until the command is in the middle of writing cards. */
async function untilWriting(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const writing = await one<number>(
      `SELECT count(*)::int AS value FROM pg_locks WHERE relation = 'card_stock'::regclass AND mode = 'RowExclusiveLock'`,
    );
    if (writing > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the import never wrote');
}

it('prints one JSON object and writes the report of refused lines', async () => {
  const file = cardFile(['A1,P1', 'A2,P2', 'A1,P3', '', 'only-number']);
  const { code, stdout } = await command('--product', 'P', '--file', file, '--json').ended;
  expect(code).toBe(0);
  const { report, ...counts } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
    report: string;
  };
  expect(counts).toEqual({
    batchNo: expect.stringMatching(/^B\d{8}-0001$/),
    lines: 4,
    imported: 2,
    refused: 2,
  });
  expect(readFileSync(report, 'utf8').split('\r\n')).toEqual([
    'line,reason,seen_at',
    '3,duplicate-in-file,line 1',
    '5,missing-password,',
    '',
  ]);
});

it.each([
  ['no such product', ['--product', 'NOPE', '--file', PROGRAM], 'There is no product NOPE'],
  ['no such file', ['--product', 'P', '--file', 'no-such-file'], 'There is no file no-such-file'],
  ['a missing argument', ['--product', 'P'], '--file is missing'],
  ['another encoding', ['--product', 'P', '--file', PROGRAM, '--encoding', 'x'], '--encoding is'],
])('says what is wrong and exits non-zero: %s', async (_, args, text) => {
  const { code, stderr } = await command(...args).ended;
  expect(code).toBe(1);
  expect(stderr).toContain(text);
});

it('rolls back at Ctrl-C and says so', async () => {
  const before = await cardCount();
  const run = command('--product', 'P', '--file', cardFile(cardLines(MANY, 'stopped')));
  await untilWriting();
  run.process.kill('SIGINT');
  const { code, stderr } = await run.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('rolled back');
  expect(await cardCount()).toBe(before);
});

it('leaves nothing when it is killed, and the same file can be imported afterwards', async () => {
  const before = await cardCount();
  const file = cardFile(cardLines(MANY, 'killed'));
  const run = command('--product', 'P', '--file', file);
  await untilWriting();
  run.process.kill('SIGKILL');
  await run.ended;
  const again = await command('--product', 'P', '--file', file, '--json').ended;
  expect(JSON.parse(again.stdout)).toMatchObject({ lines: MANY, imported: MANY, refused: 0 });
  expect(await cardCount()).toBe(before + MANY);
  expect(
    await one(`SELECT count(*)::int AS value FROM card_imports WHERE status = 'running'`),
  ).toBe(0);
});
