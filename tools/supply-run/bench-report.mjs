import os from 'node:os';
import { writeBlock } from '../lib/performance-page.mjs';

/**
 * @param {Awaited<ReturnType<typeof import('./bench-measure.mjs').measure>>} figures
 * @param {{ count: number, seconds: number }} load
 */
export function tableOf(figures, { count, seconds }) {
  const { noop, order, history, ratio } = figures;
  const line = (
    /** @type {string} */ what,
    /** @type {string} */ target,
    /** @type {string} */ measured,
    /** @type {boolean} */ isMet,
  ) => `| ${what} | ${target} | ${measured} | ${isMet ? 'yes' : 'no'} |`;
  const pace = figures.besideHanging / figures.besideWorking;
  const p50 = order.p50 / noop.p50;
  const p99 = order.p99 / noop.p99;
  return [
    '## Orders that need a supplier',
    '',
    `- date: ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- machine: ${os.cpus().length} × ${os.cpus()[0]?.model.replace(/ \d+-Core Processor| Processor/, '')}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}`,
    `- load: ${count} of each as fast as they go, then ${figures.ratePerSecond.toFixed(1)}/s of each for ${seconds} s; database, Temporal, simulator, apps and load share the processors; the supplier delivers at once and notifies`,
    '',
    '| order through an instant supplier | target | measured | met |',
    '| --- | --- | --- | --- |',
    line(
      'ratio to one-activity workflows, both as fast as they go',
      '≥ 0.6',
      `${ratio.toFixed(2)} (${figures.ordersPerSecond.toFixed(1)}/s of ${figures.noopsPerSecond.toFixed(1)}/s)`,
      ratio >= 0.6,
    ),
    line(
      'accepted → delivered, p50',
      '≤ 2 ×',
      `${p50.toFixed(2)} × (${order.p50.toFixed(0)} ms of ${noop.p50.toFixed(0)} ms)`,
      p50 <= 2,
    ),
    line(
      'accepted → delivered, p99',
      '≤ 4 ×',
      `${p99.toFixed(2)} × (${order.p99.toFixed(0)} ms of ${noop.p99.toFixed(0)} ms)`,
      p99 <= 4,
    ),
    line(
      'history events of an order',
      '≤ 15',
      `${history.events} (at most ${history.eventsMax}), ${history.bytes} B`,
      history.events <= 15,
    ),
    line(
      'throughput while another supplier hangs for 30 s on every call',
      '≥ 95 %',
      `${Math.round(pace * 100)} % (${figures.besideHanging.toFixed(1)}/s of ${figures.besideWorking.toFixed(1)}/s while it delivers)`,
      pace >= 0.95,
    ),
  ].join('\n');
}

/** @param {string} table */
export const write = (table) => writeBlock('supply', table);
