import type { AlertFact } from '../alert/alert-change.js';
import type { Sql } from '../database/sql.js';
import { CONCENTRATION_ALARM, CONCENTRATION_FROM_HAO } from './credit-score.js';

const READ = `
  SELECT p.code, l.overdue_days, greatest(-a.balance_hao, 0)::float8 AS owed,
    (SELECT coalesce(sum(-x.balance_hao), 0)::float8 FROM ledger_accounts x WHERE x.kind = 'platform-balance' AND x.balance_hao < 0) AS all_owed
  FROM credit_lines l JOIN platforms p ON p.id = l.platform_id
  JOIN ledger_accounts a ON a.platform_id = p.id AND a.kind = 'platform-balance'
  WHERE l.overdue_days > 0 OR a.balance_hao < 0`;

/** Who is overdue, and who owes too much of all that is owed. */
export async function creditFacts(sql: Sql): Promise<AlertFact[]> {
  const { rows } = await sql.query<{
    code: string;
    overdue_days: number;
    owed: number;
    all_owed: number;
  }>({ name: 'alert-credit', text: READ });
  return rows.flatMap(({ code, overdue_days: days, owed, all_owed: allOwed }): AlertFact[] => {
    const share = allOwed === 0 ? 0 : owed / allOwed;
    const isConcentrated = allOwed >= CONCENTRATION_FROM_HAO && share > CONCENTRATION_ALARM;
    return [
      {
        kind: 'credit-overdue',
        subject: code,
        state: days > 0 ? 'crossed' : 'clear',
        value: `${days} d`,
      },
      {
        kind: 'credit-concentration',
        subject: code,
        state: isConcentrated ? 'crossed' : 'clear',
        value: `${Math.round(share * 100)} %`,
      },
    ];
  });
}
