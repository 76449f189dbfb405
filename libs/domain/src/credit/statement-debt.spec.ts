import { ageing } from './debt.js';
import { statementDebts, type OwedStatement } from './statement-debt.js';

const NOW_MS = Date.parse('2026-11-25T10:00:00+08:00');
const statement = (given: Partial<OwedStatement> = {}): OwedStatement => ({
  latestDueOn: '2026-11-20',
  openHao: 0,
  writtenOffHao: 0,
  payments: [],
  ...given,
});
const read = (statements: readonly OwedStatement[], receivableHao = 0) =>
  statementDebts(statements, { receivableHao, nowMs: NOW_MS });

describe('what a platform that settles owes', () => {
  it('is not overdue before the day on its statement is over, however old the debt', () => {
    const due = read([statement({ latestDueOn: '2026-11-25', openHao: 700 })], 900);
    expect(due).toMatchObject({ overdueDays: 0, worstDelayDays: 0, onTimeShare: null });
    expect(ageing(due.open, NOW_MS)).toEqual([900, 0, 0, 0, 0, 0]);
    expect(read([statement({ latestDueOn: null, openHao: 700 })], 700).overdueDays).toBe(0);
  });

  it('is overdue by the days since, the oldest statement counts, and what is on none is not late', () => {
    const late = read(
      [
        statement({ latestDueOn: '2026-11-20', openHao: 300 }),
        statement({ latestDueOn: '2026-10-20', openHao: 200 }),
      ],
      1_000,
    );
    expect(late).toMatchObject({ overdueDays: 36, worstDelayDays: 36, onTimeShare: 0 });
    expect(ageing(late.open, NOW_MS)).toEqual([500, 300, 0, 0, 200, 0]);
  });

  it('was paid in time or late by the day on which the money came, to the last day', () => {
    const paid = read([
      statement({
        payments: [
          { receivedOn: '2026-11-20', amountHao: 600 },
          { receivedOn: '2026-11-23', amountHao: 200 },
        ],
      }),
      statement({ writtenOffHao: 200 }),
    ]);
    expect(paid).toMatchObject({ overdueDays: 0, worstDelayDays: 3, onTimeShare: 0.6, open: [] });
  });
});
