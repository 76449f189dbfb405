import pg from 'pg';

/** What the run's own sources have not settled; the sample data buys from sources of its own. */
export const OPEN_AT_SOURCES = `
  SELECT count(*)::int AS count FROM attempts a JOIN suppliers s ON s.id = a.supplier_id
  WHERE a.status IN ('prepared', 'accepted', 'unknown') AND s.code LIKE 'run-%'`;

/**
 * Compares our books with the ledger that the sources keep of what they really did.
 * @param {string} databaseUrl
 * @param {{ suppliers: { code: string, orders: any[], submissions: Record<string, number> }[] }} ledger
 * @param {ReadonlyMap<string, any>} views every order as its platform reads it, by merchant order number
 */
export async function judge(databaseUrl, ledger, views) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: attempts } = await client.query(`
      SELECT a.attempt_no, a.status, a.quantity, a.kind, a.delivered_count, a.surplus_count, a.paid_hao::float8 AS paid_hao,
        a.order_id, s.code FROM attempts a JOIN suppliers s ON s.id = a.supplier_id WHERE s.code LIKE 'run-%'`);
    const { rows: open } = await client.query(OPEN_AT_SOURCES);
    const told = toldBySources(ledger);
    return {
      unknownOpen: open[0].count,
      doubleDeliveries: doubles({ attempts, told, ledger, views }),
      ledgerDifferences: differences(attempts, told),
    };
  } finally {
    await client.end();
  }
}

/** @param {{ suppliers: { code: string, orders: any[] }[] }} ledger @returns {Map<string, any>} */
function toldBySources(ledger) {
  return new Map(
    ledger.suppliers.flatMap(({ code, orders }) =>
      orders.map((order) => [`${code}/${order.attemptNo}`, order]),
    ),
  );
}

/**
 * On our side: a code that two buyers got, a unit above what was ordered. On the sources' side: a number that was
 * submitted again after it was taken, and a top-up that was really done more often than it was ordered.
 * @param {{ attempts: any[], told: Map<string, any>, ledger: any, views: ReadonlyMap<string, any> }} all
 */
function doubles({ attempts, told, ledger, views }) {
  return [...soldTwice(views), ...submittedTwice(ledger), ...toppedUpTwice(attempts, told)];
}

/** @param {ReadonlyMap<string, any>} views */
function soldTwice(views) {
  const found = [];
  const sold = new Map();
  for (const view of views.values()) {
    if (view.deliveredQuantity > view.quantity) found.push(`${view.orderNo} got too much`);
    for (const { cardNo } of view.cards ?? []) {
      if (sold.has(cardNo)) found.push(`${cardNo} went to ${sold.get(cardNo)} and ${view.orderNo}`);
      sold.set(cardNo, view.orderNo);
    }
  }
  return found;
}

/** @param {any} ledger */
function submittedTwice(ledger) {
  const found = [];
  for (const { code, submissions, orders } of ledger.suppliers)
    for (const { attemptNo } of orders)
      if ((submissions[attemptNo] ?? 0) > 1)
        found.push(`${attemptNo} was submitted to ${code} ${submissions[attemptNo]} times`);
  return found;
}

/** @param {any[]} attempts @param {Map<string, any>} told */
function toppedUpTwice(attempts, told) {
  const toppedUp = new Map();
  for (const attempt of attempts.filter(({ kind }) => kind === 'top-up')) {
    const done = told.get(`${attempt.code}/${attempt.attempt_no}`)?.deliveredUnits ?? 0;
    const late = attempt.status === 'late-success' ? done : 0;
    toppedUp.set(attempt.order_id, (toppedUp.get(attempt.order_id) ?? 0) + done - late);
  }
  return [...toppedUp]
    .filter(([, units]) => units > 1)
    .map(([orderId, units]) => `order ${orderId} was topped up ${units} times`);
}

/** Each attempt must have cost us what its source took and did not give back. @param {any[]} attempts @param {Map<string, any>} told */
function differences(attempts, told) {
  const found = [];
  const ours = new Set();
  for (const attempt of attempts) {
    const key = `${attempt.code}/${attempt.attempt_no}`;
    ours.add(key);
    const order = told.get(key);
    const theirs = order ? order.takenHao - order.refundedHao : 0;
    if ((attempt.paid_hao ?? 0) !== theirs)
      found.push(
        `${key} (${order?.behaviour ?? 'never taken'}) is ${attempt.status} and cost ${attempt.paid_hao ?? 0} hao; its source took ${theirs}`,
      );
  }
  for (const key of told.keys())
    if (key.startsWith('run-') && !ours.has(key)) found.push(`${key} is unknown to us`);
  return found;
}
