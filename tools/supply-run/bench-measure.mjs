import { NOOP_QUEUE, OTHER_PRODUCT, PRODUCT } from './bench-setup.mjs';
import { rest } from './run-tools.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./bench-setup.mjs').prepare>>} Bench */
/** @typedef {{ count: number, seconds: number, say: (text: string) => void }} Extent */

/** @param {Bench} bench @param {Extent} extent */
export async function measure(bench, { count, seconds, say }) {
  await noops(bench, 20, 10);
  await orders(bench, 'warm', 20);
  say(
    'workflows with one activity that does nothing and orders through an instant supplier, as fast as they go',
  );
  const { noopsPerSecond, ordersPerSecond } = await atFullSpeed(bench, count);
  say(`${noopsPerSecond.toFixed(1)} and ${ordersPerSecond.toFixed(1)} per second`);
  const rate = ordersPerSecond / 3;
  say(`both at ${rate.toFixed(1)}/s for ${seconds} s`);
  const noopMs = await pacedNoops(bench, rate, seconds);
  const orderMs = await pacedOrders(bench, rate, seconds);
  const history = await historyOf(bench);
  say('orders as fast as they go, while another supplier delivers, and while it hangs');
  const besideWorking = await besideOther(bench, 'working', count);
  await bench.letOtherHang(true);
  const besideHanging = await besideOther(bench, 'hanging', count);
  return {
    noopsPerSecond,
    ordersPerSecond,
    ratio: ordersPerSecond / noopsPerSecond,
    ratePerSecond: rate,
    noop: { p50: share(noopMs, 0.5), p99: share(noopMs, 0.99) },
    order: { p50: share(orderMs, 0.5), p99: share(orderMs, 0.99) },
    history,
    besideWorking,
    besideHanging,
  };
}

const ROUNDS = 3;

/** In turns, so that each pays the same for the timers that the other leaves behind. @param {Bench} bench @param {number} count */
async function atFullSpeed(bench, count) {
  const each = Math.ceil(count / ROUNDS);
  let noopMs = 0;
  let orderMs = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    noopMs += (each * 1_000) / (await noops(bench, each, 40));
    orderMs += (each * 1_000) / (await orders(bench, `full${round}`, each));
  }
  const total = each * ROUNDS * 1_000;
  return { noopsPerSecond: total / noopMs, ordersPerSecond: total / orderMs };
}

const OTHERS_EVERY_MS = 250;

/** Orders per second while others go to the other supplier. @param {Bench} bench @param {string} name @param {number} count */
async function besideOther(bench, name, count) {
  let isOver = false;
  const others = async () => {
    for (let no = 1; !isOver; no += 1) {
      const merchantOrderNo = `${name}-other-${no}`;
      await bench.platform.submitOrder({
        merchantOrderNo,
        productCode: OTHER_PRODUCT,
        quantity: 1,
      });
      await rest(OTHERS_EVERY_MS);
    }
  };
  const submitting = others();
  const perSecond = await orders(bench, `beside-${name}`, count);
  isOver = true;
  await submitting;
  return perSecond;
}

let lastNo = 0;
/** @param {Bench} bench */
function runNoop({ client }) {
  lastNo += 1;
  return client.workflow.execute('noop', {
    taskQueue: NOOP_QUEUE,
    workflowId: `noop-${lastNo}`,
    args: [],
  });
}

/** Workflows per second, so many at a time. @param {Bench} bench @param {number} total @param {number} inFlight */
async function noops(bench, total, inFlight) {
  const beganMs = Date.now();
  let left = total;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await runNoop(bench);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (total * 1_000) / (Date.now() - beganMs);
}

/** @param {Bench} bench @param {string} no */
const submit = ({ platform }, no) =>
  platform.submitOrder({ merchantOrderNo: no, productCode: PRODUCT, quantity: 1 });

/** Orders per second, from the first accepted to the last delivered. @param {Bench} bench @param {string} name @param {number} total */
async function orders(bench, name, total) {
  for (let index = 0; index < total; index += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, total - index) }, (_, at) =>
        submit(bench, `${name}-${index + at}`),
      ),
    );
  const [first] = await untilAllEnded(bench, name, total);
  return (total * 1_000) / Number(first.ms);
}

/** @param {Bench} bench @param {string} name @param {number} total */
async function untilAllEnded({ sql }, name, total) {
  for (const endMs = Date.now() + 300_000; Date.now() < endMs; await rest(200)) {
    const { rows } = await sql.query(
      `SELECT count(*)::int AS ended, extract(epoch FROM max(updated_at) - min(created_at)) * 1000 AS ms
       FROM orders WHERE merchant_order_no LIKE $1 AND status = 'succeeded'`,
      [`${name}-%`],
    );
    if (rows[0].ended >= total) return rows;
  }
  throw new Error('the orders do not end');
}

/** At a fixed rate; milliseconds from start to end of each. @param {Bench} bench @param {number} rate @param {number} seconds */
async function pacedNoops(bench, rate, seconds) {
  /** @type {number[]} */
  const taken = [];
  await paced(rate * seconds, rate, async () => {
    const beganMs = performance.now();
    await runNoop(bench);
    taken.push(performance.now() - beganMs);
  });
  return taken;
}

/** Milliseconds from acceptance to delivery, as the rows tell. @param {Bench} bench @param {number} rate @param {number} seconds */
async function pacedOrders(bench, rate, seconds) {
  let sent = 0;
  await paced(rate * seconds, rate, () => {
    sent += 1;
    return submit(bench, `paced-${sent}`);
  });
  await untilAllEnded(bench, 'paced', sent);
  const { rows } = await bench.sql.query(
    `SELECT extract(epoch FROM updated_at - created_at)::float8 * 1000 AS ms
     FROM orders WHERE merchant_order_no LIKE 'paced-%'`,
  );
  return rows.map((row) => row.ms);
}

/** @param {number} total @param {number} rate @param {() => Promise<unknown>} act */
async function paced(total, rate, act) {
  const running = [];
  const beganMs = performance.now();
  for (let index = 0; index < total; index += 1) {
    await rest(Math.max(0, beganMs + (index * 1_000) / rate - performance.now()));
    running.push(act());
  }
  await Promise.all(running);
}

/** @param {number[]} taken @param {number} part */
function share(taken, part) {
  const sorted = [...taken].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Events and bytes of the histories of some orders. @param {Bench} bench */
async function historyOf({ client, sql }) {
  const { rows } = await sql.query(
    `SELECT order_no FROM orders WHERE merchant_order_no LIKE 'paced-%' ORDER BY id LIMIT 20`,
  );
  await rest(3_000);
  const told = await Promise.all(
    rows.map(({ order_no: orderNo }) => client.workflow.getHandle(`order:${orderNo}`).describe()),
  );
  const events = told.map(({ historyLength }) => historyLength);
  const bytes = told.map(({ historySize }) => historySize ?? 0);
  return { events: share(events, 0.5), eventsMax: Math.max(...events), bytes: share(bytes, 0.5) };
}
