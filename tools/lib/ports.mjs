import { createServer } from 'node:net';
import { UserError } from './progress.mjs';

export const HOST = '127.0.0.1';

/**
 * Every port of a running system: the part, who wants it in words, the default, and the distance
 * from the number given with --port-base.
 */
const PORTS = /** @type {const} */ ([
  ['api', 'the platform API', 3000, 0],
  ['admin', 'the admin panel', 3001, 1],
  ['apiMetrics', 'the metrics of the API', 9464, 2],
  ['workerMetrics', 'the metrics of the worker', 9465, 3],
  ['adminMetrics', 'the metrics of the admin panel', 9466, 4],
  ['temporal', 'Temporal', 7233, 5],
  ['temporalUi', 'the Temporal UI', 8233, 6],
  ['temporalHttp', "Temporal's HTTP API", 7243, 7],
  ['temporalMetrics', 'the metrics of Temporal', 9467, 8],
  ['postgres', 'Postgres', 5433, 9],
  ['supplierSimulator', 'the supplier simulator', 4010, 10],
]);

/** @typedef {Record<(typeof PORTS)[number][0], number>} Ports */

const LOWEST_BASE = 1024;
const HIGHEST_BASE = 65_535 - PORTS.length;

/** @param {string | undefined} base the number of --port-base, if one was given @returns {Ports} */
export function choosePorts(base) {
  if (base === undefined || base === '') {
    return /** @type {Ports} */ (Object.fromEntries(PORTS.map(([name, , port]) => [name, port])));
  }
  const first = Number(base);
  if (!/^\d+$/.test(base) || first < LOWEST_BASE || first > HIGHEST_BASE) {
    throw new UserError(
      `The port base must be a number from ${LOWEST_BASE} to ${HIGHEST_BASE}; ${base} is not.`,
    );
  }
  return /** @type {Ports} */ (
    Object.fromEntries(PORTS.map(([name, , , offset]) => [name, first + offset]))
  );
}

/** Lines "port  what for" for the help text. */
export function portTable() {
  return PORTS.map(
    ([, purpose, port, offset]) =>
      `  ${String(port).padEnd(6)} N+${String(offset).padEnd(4)} ${purpose}`,
  ).join('\n');
}

/** @param {number} port @returns {Promise<NodeJS.ErrnoException | undefined>} why it cannot be used */
function tryPort(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host: HOST, exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}

/** Throws a UserError that names every port that is taken and the part that wanted it. @param {Ports} ports */
export async function requireFreePorts(ports) {
  const taken = [];
  for (const [name, purpose] of PORTS) {
    const error = await tryPort(ports[name]);
    if (error) taken.push(`  ${ports[name]}  wanted by ${purpose} (${error.code})`);
  }
  if (taken.length === 0) return;
  throw new UserError(
    `${taken.length === 1 ? 'A port is' : `${taken.length} ports are`} taken:\n${taken.join('\n')}`,
    {
      hint: 'Stop the program that holds it, or choose other ports: npm start -- --port-base 20000',
    },
  );
}

/** @returns {Promise<number>} a port that is free at this moment */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
