import type pg from 'pg';
import { HOUR_MS, shanghaiDate, SHANGHAI_OFFSET_MS } from '#domain';
import { importStatement, reconcileStatement } from '#domain/stores';

const time = (atMs: number): string =>
  new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().replace('T', ' ').slice(0, 19);

/** Two statements of today with something for finance to do in each. Loaded once. */
export async function addSampleStatements(pool: pg.Pool, nowMs: number): Promise<void> {
  const found = await pool.query('SELECT 1 FROM external_statements LIMIT 1');
  if (found.rowCount !== 0) return;
  const at = time(nowMs - HOUR_MS);
  await take(pool, 'platform:demo', nowMs, [
    '交易类型,平台订单号,商品编码,数量,订单金额,状态,交易时间,备注',
    `订单,DEMO-8801,STEAM-100,1,98.50,成功,${at},平台有、我方暂无：缓冲期内等待`,
    `订单,DEMO-8802,OLD-GAME-5,1,4.80,成功,${at},商品编码不认识`,
    `扣款,KK-20261,,,50.00,,${at},平台扣款，未说明原因`,
  ]);
  await take(pool, 'bank', nowMs, [
    '交易流水号,交易时间,交易类型,金额,摘要',
    `6228-0001,${time(nowMs)},来账,100.00,示例限流平台预付款`,
    `6228-0002,${at},来账,88.00,来源不明的汇款`,
  ]);
}

async function take(
  pool: pg.Pool,
  partyCode: string,
  nowMs: number,
  lines: readonly string[],
): Promise<void> {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${lines.join('\n')}\n`);
  };
  const day = shanghaiDate(nowMs);
  const { statementId } = await importStatement(pool, bytes(), {
    partyCode,
    fileName: `示例对账单-${partyCode.replace(':', '-')}-${day}.csv`,
    encoding: 'auto',
    period: { from: day, to: day },
    startedBy: 'sample data',
    nowMs,
  });
  await reconcileStatement(pool, { statementId, nowMs });
}
