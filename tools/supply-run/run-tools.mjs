import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

/** @param {number} ms */
export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A number from 0 to 1 that is the same for the same seed and purpose. @param {string} seed @param {string} purpose */
export function dice(seed, purpose) {
  return createHash('sha256').update(`${seed} ${purpose}`).digest().readUInt32BE() / 2 ** 32;
}

/** The first of so many ports in a row that are free now. @param {number} count @returns {Promise<number>} */
export async function freePortBase(count) {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 30_000);
    const ports = Array.from({ length: count }, (_, index) => base + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return base;
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
