import type { Pool } from 'pg';
import { DAY_MS, shanghaiDate, SHANGHAI_OFFSET_MS } from '#domain';
import { importStatement, reconcileStatement, tieOut } from '#domain/stores';
import type { Buyer } from '../support/accepting.js';
import { CompensationWorld } from '../support/compensation-world.js';
import { aLargeBuyer, LargeStory, LargeWorld } from '../support/large-orders.js';
import { aProduct } from '../support/trade.js';

interface Told {
  readonly no: string;
  readonly yuan: number;
  readonly type?: '订单' | '退款';
}

const timeText = (atMs: number): string =>
  new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');

/** Takes a statement of a platform over ten days and reconciles it when every buffer has run out. */
async function reconcile(
  pool: Pool,
  platformCode: string,
  { lines, nowMs }: { readonly lines: readonly Told[]; readonly nowMs: number },
): Promise<string> {
  const rows = lines.map(({ no, yuan, type = '订单' }) =>
    [type, no, yuan.toFixed(2), '成功', timeText(nowMs)].join(','),
  );
  const file = Buffer.from(['交易类型,平台订单号,金额,状态,时间', ...rows].join('\n'));
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield file;
  };
  const { statementId } = await importStatement(pool, bytes(), {
    partyCode: `platform:${platformCode}`,
    fileName: 'statement.csv',
    encoding: 'auto',
    startedBy: 'test',
    period: { from: shanghaiDate(nowMs - DAY_MS), to: shanghaiDate(nowMs + 9 * DAY_MS) },
    nowMs: nowMs + 20 * DAY_MS,
  });
  await reconcileStatement(pool, { statementId, nowMs: nowMs + 20 * DAY_MS });
  return statementId;
}

const found = async (pool: Pool, statementId: string): Promise<string[]> => {
  const { rows } = await pool.query<{ kind: string; favour: string }>(
    `SELECT kind, favour_hao / 10000.0 AS favour FROM reconciliation_differences WHERE statement_id = $1 AND status = 'open' ORDER BY id`,
    [statementId],
  );
  return rows.map(({ kind, favour }) => `${kind} ${Number(favour)}`);
};

describe('a large order in the statement of its platform', () => {
  let world: LargeWorld;
  beforeAll(async () => {
    world = await LargeWorld.open();
  });
  afterAll(() => world.close());

  /** 100 units at 98.50, paid as 2,955, 2,758, 2,068.50 and 2,068.50, let go as 3,940, 2,955 and 2,955. */
  async function anOrder(
    stop: 'paid' | 'cancelled-after-2' | 'open-after-1',
    source: 'bank' | 'balance' = 'balance',
  ): Promise<{ buyer: Buyer; no: string; nowMs: number; story: LargeStory }> {
    const buyer = await aLargeBuyer(world.db);
    const product = await aProduct(world.db);
    await product.stock(100);
    const story = await LargeStory.begin(world.pool, buyer, product, { quantity: 100 });
    await story.pay(2_955 + 2_758, { source });
    if (stop !== 'open-after-1') {
      await story.accept(1);
      await story.pay(2_068.5, { source });
    }
    if (stop === 'paid') {
      await story.accept(2);
      await story.pay(2_068.5, { source });
    }
    if (stop === 'cancelled-after-2') await story.cancel();
    const { merchantOrderNo } = await story.view();
    return { buyer, no: merchantOrderNo, nowMs: story.nowMs, story };
  }
  const check = async (
    { buyer, nowMs }: { buyer: Buyer; nowMs: number },
    lines: readonly Told[],
  ): Promise<string[]> =>
    found(world.pool, await reconcile(world.pool, buyer.platformCode, { lines, nowMs }));

  it.each([
    ['payment by payment', [5_713, 2_068.5, 2_068.5]],
    ['stage by stage', [3_940, 2_955, 2_955]],
    ['as one', [9_850]],
  ])('agrees where it is told %s', async (_, amounts) => {
    const order = await anOrder('paid');
    expect(
      await check(
        order,
        amounts.map((yuan) => ({ no: order.no, yuan })),
      ),
    ).toEqual([]);
    const [quarter] = (await tieOut(world.pool)).filter(
      ({ partyCode }) => partyCode === `platform:${order.buyer.platformCode}`,
    );
    expect(quarter).toMatchObject({ oursGrossHao: 98_500_000, theirsGrossHao: 98_500_000 });
  });

  it('agrees where what was not delivered went back', async () => {
    const order = await anOrder('cancelled-after-2');
    const { no } = order;
    expect(
      await check(order, [
        { no, yuan: 5_713 },
        { no, yuan: 2_068.5 },
        { no, yuan: -886.5, type: '退款' },
      ]),
    ).toEqual([]);
    const another = await anOrder('cancelled-after-2');
    const byStage = [3_940, 2_955].map((yuan) => ({ no: another.no, yuan }));
    expect(await check(another, byStage)).toEqual([]);
  });

  it('agrees where it was paid at the bank and the platform tells only of its balance', async () => {
    const order = await anOrder('paid', 'bank');
    expect(await check(order, [{ no: 'BALANCE-ONLY', yuan: 1 }])).toEqual(['missing-ours 1']);
    const told = await anOrder('paid', 'bank');
    expect(await check(told, [{ no: told.no, yuan: 9_850 }])).toEqual([]);
  });

  it('finds what it leaves out, whichever way it tells', async () => {
    const paid = await anOrder('paid');
    expect(
      await check(
        paid,
        [5_713, 2_068.5].map((yuan) => ({ no: paid.no, yuan })),
      ),
    ).toEqual(['missing-theirs -2068.5']);
    const staged = await anOrder('paid');
    expect(
      await check(
        staged,
        [3_940, 2_955].map((yuan) => ({ no: staged.no, yuan })),
      ),
    ).toEqual(['missing-theirs -2955']);
    const refunded = await anOrder('cancelled-after-2');
    const { no } = refunded;
    expect(
      await check(refunded, [
        { no, yuan: 5_713 },
        { no, yuan: 2_068.5 },
      ]),
    ).toEqual(['refund-unmatched 886.5']);
  });

  it('finds what it tells twice, and what it tells wrong', async () => {
    const { no, ...order } = await anOrder('paid');
    expect(
      await check(order, [
        { no, yuan: 9_850 },
        { no, yuan: 2_069.5 },
      ]),
    ).toEqual(['amount-short -885.5']);
    const wrong = await anOrder('paid');
    const amounts = [5_714, 2_068.5, 2_068.5];
    expect(
      await check(
        wrong,
        amounts.map((yuan) => ({ no: wrong.no, yuan })),
      ),
    ).toEqual(['amount-long 1']);
  });

  it('waits for the rest of an order that it tells of as a whole and that goes on', async () => {
    const order = await anOrder('open-after-1');
    const lines = [{ no: order.no, yuan: 9_850 }];
    const { buyer, nowMs } = order;
    const statementId = await reconcile(world.pool, buyer.platformCode, { lines, nowMs });
    expect(await found(world.pool, statementId)).toEqual([]);
    expect(
      await world.numberOf(
        `SELECT count(*) FROM external_lines WHERE statement_id = $1 AND state = 'waiting'`,
        [statementId],
      ),
    ).toBe(1);
    await order.story.accept(1);
    await order.story.pay(2_068.5);
    await order.story.accept(2);
    await order.story.pay(2_068.5);
    await reconcileStatement(world.pool, { statementId, nowMs: nowMs + 25 * DAY_MS });
    expect(await found(world.pool, statementId)).toEqual([]);
    expect(
      await world.numberOf('SELECT count(*) FROM reconciliation_matches WHERE order_id = $1', [
        order.story.orderId,
      ]),
    ).toBe(3);
    expect(
      await world.numberOf(
        `SELECT count(*) FROM external_statements WHERE id = $1 AND status = 'done'`,
        [statementId],
      ),
    ).toBe(1);
  });
});

describe('compensation in the statement of a platform', () => {
  it('is a refund of theirs, alone or together with another, and missing where they say nothing', async () => {
    const world = await CompensationWorld.open();
    try {
      const trade = await world.aTrade(6);
      const { rows } = await world.pool.query<{ code: string }>(
        'SELECT code FROM platforms WHERE id = $1',
        [trade.platformId],
      );
      const code = rows[0]?.code ?? '';
      const numbers: string[] = [];
      for (let at = 0; at < 3; at += 1) {
        const order = await world.anOrder(trade, 2);
        await world.ask(order.orderId, { unitNos: [1, 2], remedy: 'refund' });
        const row = await world.one('SELECT merchant_order_no AS no FROM orders WHERE id = $1', [
          order.orderId,
        ]);
        numbers.push(String(row['no']));
      }
      const [apart = '', together = ''] = numbers;
      const nowMs = Date.now();
      const statementId = await reconcile(world.pool, code, {
        nowMs,
        lines: [
          { no: apart, yuan: -98.5, type: '退款' },
          { no: apart, yuan: -98.5, type: '退款' },
          { no: together, yuan: -197, type: '退款' },
        ],
      });
      const refunds = (await found(world.pool, statementId)).filter((one) =>
        one.startsWith('refund'),
      );
      expect(refunds).toEqual(['refund-unmatched 98.5', 'refund-unmatched 98.5']);
    } finally {
      await world.close();
    }
  });
});
