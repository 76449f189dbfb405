import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

const FILE = path.join(ROOT, 'docs', 'performance.md');

/** Puts the figures of a benchmark into docs/performance.md, between its marks. @param {string} name @param {string} table */
export function writeBlock(name, table) {
  const begin = `<!-- bench:${name}:begin -->`;
  const end = `<!-- bench:${name}:end -->`;
  const text = readFileSync(FILE, 'utf8');
  const block = `${begin}\n\n${table}\n\n${end}`;
  const at = text.indexOf(begin);
  const kept =
    at < 0
      ? `${text.trimEnd()}\n\n${block}\n`
      : text.slice(0, at) + block + text.slice(text.indexOf(end) + end.length);
  writeFileSync(FILE, kept);
  execFileSync(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--write', FILE], {
    cwd: ROOT,
    stdio: 'ignore',
  });
}
