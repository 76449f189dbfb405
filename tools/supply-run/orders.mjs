import { dice, rest } from './run-tools.mjs';

const IN_FLIGHT_MAX = 300;
const FINAL = new Set(['succeeded', 'partial', 'failed', 'cancelled']);

/** @typedef {import('../supply-run.mjs').Options} Options */
/** @typedef {import('../platform-client.mjs').PlatformClient} PlatformClient */

/**
 * Sends all orders, never more than some hundreds ahead of those that have ended. One in five is a top-up.
 * @param {Options} options @param {PlatformClient} client
 * @param {{ state: { sent: number, ended: number }, views: Map<string, any>, isLate: () => boolean }} shared
 */
export async function submitAll({ orders, seed }, client, { state, views, isLate }) {
  const lane = async () => {
    while (state.sent < orders && !isLate()) {
      if (state.sent - state.ended >= IN_FLIGHT_MAX) {
        await rest(50);
        continue;
      }
      state.sent += 1;
      const no = state.sent;
      const isTopUp = no % 5 === 0;
      const order = {
        merchantOrderNo: `RUN${no}`,
        productCode: isTopUp ? 'RUN-TOPUP' : 'RUN-CARD',
        quantity: isTopUp ? 1 : 1 + Math.floor(dice(seed, `quantity ${no}`) * 3),
        ...(isTopUp ? { account: { account: `1380${String(no).padStart(7, '0')}` } } : {}),
      };
      views.set(order.merchantOrderNo, await insist(() => client.submitOrder(order), isLate));
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

/** Asks again until there is an answer: the same number never buys twice. @param {() => Promise<any>} call @param {() => boolean} isLate */
async function insist(call, isLate) {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (isLate()) throw error;
      await rest(300);
    }
  }
}

/**
 * Reads every order until it has ended.
 * @param {Options} options @param {PlatformClient} client
 * @param {{ state: { sent: number, ended: number }, views: Map<string, any>, isLate: () => boolean, say: (text: string) => void }} shared
 */
export async function followAll({ orders }, client, { state, views, isLate, say }) {
  let saidMs = 0;
  while (state.ended < orders && !isLate()) {
    for (const [no, view] of views) {
      if (FINAL.has(view.status)) continue;
      views.set(no, await insist(() => client.getOrder(no), isLate));
    }
    state.ended = [...views.values()].filter(({ status }) => FINAL.has(status)).length;
    if (Date.now() - saidMs > 10_000) {
      say(`${state.sent} of ${orders} sent, ${state.ended} ended`);
      saidMs = Date.now();
    }
    await rest(500);
  }
}
