import os from 'node:os';
import { writeBlock } from '../lib/performance-page.mjs';

const TARGET_MS = { list: 300, exact: 50 };

/** @param {import('./measure.mjs').Line[]} lines @param {import('./fill.mjs').Size} size */
export function tableOf(lines, size) {
  const count = (/** @type {number} */ value) => value.toLocaleString('en');
  return [
    '## Lists and searches of the panel',
    '',
    `- date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- machine: ${os.cpus().length} × ${os.cpus()[0]?.model.replace(/ \d+-Core Processor| Processor/, '')}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}`,
    `- data: ${count(size.cards)} cards, ${count(size.orders)} orders over a year with their units, deliveries and events; 20 calls each over HTTP as the owner, one after the other, beside all other programs of Kagong`,
    '',
    '| what | target, p95 | p50 | p95 | met |',
    '| --- | --- | --- | --- | --- |',
    ...lines.map(({ what, kind, p50, p95 }) => {
      const target = TARGET_MS[kind];
      return `| ${what} | ≤ ${target} ms | ${p50.toFixed(0)} ms | ${p95.toFixed(0)} ms | ${p95 <= target ? 'yes' : 'no'} |`;
    }),
  ].join('\n');
}

/** @param {string} table */
export const write = (table) => writeBlock('lists', table);
