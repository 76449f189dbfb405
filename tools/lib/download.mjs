import { createWriteStream } from 'node:fs';
import { get } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { say } from './progress.mjs';

const CONNECT_WITHIN_MS = 5_000;
const SILENT_AT_MOST_MS = 30_000;
const REDIRECTS_MAX = 5;
const TELL_EVERY_BYTES = 10_000_000;

/**
 * Fetches a file over https. Gives up when no connection stands within 5 seconds.
 * @param {string} address
 * @param {string} file
 * @param {{ what: string, redirectsLeft?: number }} options
 * @returns {Promise<void>}
 */
export async function download(address, file, { what, redirectsLeft = REDIRECTS_MAX }) {
  const answer = await connect(address);
  const status = answer.statusCode ?? 0;
  const elsewhere = answer.headers.location;
  if (status >= 300 && status < 400 && elsewhere && redirectsLeft > 0) {
    answer.resume();
    return download(new URL(elsewhere, address).href, file, {
      what,
      redirectsLeft: redirectsLeft - 1,
    });
  }
  if (status !== 200) {
    answer.destroy();
    throw new Error(`${new URL(address).host} answered ${status}`);
  }
  tellProgress(answer, what);
  await pipeline(answer, createWriteStream(file));
}

/** @param {string} address @returns {Promise<import('node:http').IncomingMessage>} */
function connect(address) {
  const host = new URL(address).host;
  return new Promise((resolve, reject) => {
    const request = get(address, { headers: { 'User-Agent': 'kagong' } }, (answer) => {
      clearTimeout(timer);
      answer.setTimeout(SILENT_AT_MOST_MS, () => answer.destroy(new Error(`${host} fell silent`)));
      resolve(answer);
    });
    const timer = setTimeout(
      () =>
        request.destroy(new Error(`no answer from ${host} within ${CONNECT_WITHIN_MS / 1000} s`)),
      CONNECT_WITHIN_MS,
    );
    request.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** @param {import('node:http').IncomingMessage} answer @param {string} what */
function tellProgress(answer, what) {
  const total = Number(answer.headers['content-length'] ?? 0);
  let bytes = 0;
  let told = 0;
  answer.on('data', (/** @type {Buffer} */ chunk) => {
    bytes += chunk.length;
    if (bytes - told < TELL_EVERY_BYTES) return;
    told = bytes;
    say(`  ${what}: ${Math.round(bytes / 1e6)}${total ? ` of ${Math.round(total / 1e6)}` : ''} MB`);
  });
}
