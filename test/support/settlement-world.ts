import type pg from 'pg';
import type { AccountKind, EntryKind, PaymentSource } from '#domain';
import { inTransaction } from '#domain/database';
import {
  advanceStatement,
  bookMove,
  closeStatement,
  createPlatformAccount,
  duePeriods,
  payStatement,
  runChecks,
  type StatementStand,
} from '#domain/stores';

export const YUAN_HAO = 10_000;
export const DAY_OF_PAYMENT = '2026-11-02T12:00:00';
/** An instant in Shanghai. */
export const shanghai = (text: string): number => Date.parse(`${text}+08:00`);

export interface AgreementGiven {
  readonly cycle?: string;
  readonly dueMethod?: string;
  readonly termKind?: 'T' | 'D';
  readonly termDays?: number;
  readonly baseEvent?: string;
  readonly calendarId?: string;
  readonly objectionDays?: number;
  readonly cutOffMinutes?: number;
  readonly validFrom?: string;
  readonly validTo?: string | null;
  readonly issuesItself?: boolean;
  readonly dunningDays?: readonly number[];
}

const USUAL = {
  validFrom: '2026-09-01',
  validTo: null,
  cycle: 'month',
  dueMethod: 'credit-used',
  termKind: 'T',
  termDays: 7,
  baseEvent: 'period-end',
  calendarId: 'statutory',
  objectionDays: 3,
  cutOffMinutes: 1_440,
  issuesItself: true,
  dunningDays: [],
} satisfies Required<AgreementGiven>;

/** Where the money comes from or goes to that is not for goods. */
const OTHER_SIDE: Partial<Record<EntryKind, AccountKind>> = {
  'platform-top-up': 'bank',
  'platform-fee': 'platform-fee',
  compensation: 'compensation-cost',
};

/** Platforms that settle, with what happened on their balances. */
export class SettlementWorld {
  private serial = 0;

  constructor(readonly pool: pg.Pool) {}

  /** A platform that may owe a million yuan, with what is agreed. */
  async aPlatform(given: AgreementGiven = {}): Promise<{ id: string; code: string }> {
    this.serial += 1;
    const code = `settles${this.serial}`;
    const made = await this.pool.query<{ id: string }>(
      'INSERT INTO platforms (code, name) VALUES ($1, $1) RETURNING id',
      [code],
    );
    const id = made.rows[0]?.id ?? '';
    await createPlatformAccount(this.pool, { id, code });
    await this.pool.query(
      `UPDATE ledger_accounts SET floor_hao = -10000000000 WHERE kind = 'platform-balance' AND platform_id = $1`,
      [id],
    );
    await this.agree(id, given);
    return { id, code };
  }

  async agree(platformId: string, given: AgreementGiven = {}): Promise<string> {
    const agreed = { ...USUAL, ...given };
    const made = await this.pool.query<{ id: string }>(
      `INSERT INTO settlement_agreements (platform_id, version_no, status, valid_from, valid_to, cycle, due_method, term_kind, term_days,
         base_event, calendar_id, objection_days, cut_off_minutes, issues_itself, dunning_days, created_by, approved_by)
       VALUES ($1, (SELECT 1 + count(*) FROM settlement_agreements WHERE platform_id = $1), 'active', $2, $3, $4, $5, $6, $7, $8, $9, $10,
         $11, $12, $13, 'maker', 'checker') RETURNING id`,
      [
        platformId,
        agreed.validFrom,
        agreed.validTo,
        agreed.cycle,
        agreed.dueMethod,
        agreed.termKind,
        agreed.termDays,
        agreed.baseEvent,
        agreed.calendarId,
        agreed.objectionDays,
        agreed.cutOffMinutes,
        agreed.issuesItself,
        agreed.dunningDays,
      ],
    );
    return made.rows[0]?.id ?? '';
  }

  /** Something happens on the balance: a positive amount raises it. */
  async book(
    platformId: string,
    kind: EntryKind,
    yuan: number,
    at: string,
    orderId: string | null = null,
  ): Promise<void> {
    this.serial += 1;
    const amountHao = Math.round(Math.abs(yuan) * YUAN_HAO);
    const other = OTHER_SIDE[kind] ?? 'revenue';
    const sides =
      yuan > 0
        ? ({ debit: other, credit: 'platform-balance' } as const)
        : ({ debit: 'platform-balance', credit: other } as const);
    await inTransaction(this.pool, (client) =>
      bookMove(client, {
        key: `test:${platformId}:${this.serial}`,
        kind,
        platformId,
        orderId,
        amountHao,
        memo: 'test',
        nowMs: shanghai(at),
        ...sides,
      }),
    );
  }

  /** Closes everything that is due by then, as the schedule does. */
  async closeAll(now: string, platformCode?: string): Promise<StatementStand[]> {
    const nowMs = shanghai(now);
    const stands: StatementStand[] = [];
    for (const due of await duePeriods(this.pool, nowMs)) {
      if (platformCode !== undefined && due.platformCode !== platformCode) continue;
      const stand = await closeStatement(this.pool, { ...due, nowMs });
      if (stand) stands.push(stand);
    }
    return stands;
  }

  async balanceOf(platformId: string): Promise<number> {
    const found = await this.pool.query<{ balance: string }>(
      `SELECT balance_hao::text AS balance FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
      [platformId],
    );
    return Number(found.rows[0]?.balance);
  }

  async row(statementId: string): Promise<Record<string, unknown>> {
    const found = await this.pool.query<{ row: Record<string, unknown> }>(
      'SELECT to_jsonb(s) AS row FROM statements s WHERE id = $1',
      [statementId],
    );
    return found.rows[0]?.row ?? {};
  }

  async eventsOf(statementId: string): Promise<string[]> {
    const found = await this.pool.query<{ event: string }>(
      `SELECT type || coalesce(' ' || step, '') AS event FROM statement_events WHERE statement_id = $1 ORDER BY id`,
      [statementId],
    );
    return found.rows.map(({ event }) => event);
  }

  /** A platform that owes 700 yuan for October. */
  async aDebtor(given: AgreementGiven = {}) {
    const platform = await this.aPlatform({ validFrom: '2026-10-01', ...given });
    await this.book(platform.id, 'order-charge', -900, '2026-10-10T12:00:00');
    await this.book(platform.id, 'order-refund', 200, '2026-10-11T12:00:00');
    const [stand] = await this.closeAll('2026-11-01T01:00:00', platform.code);
    if (!stand) throw new Error('no statement');
    return { platform, statementId: stand.id, statementNo: stand.statementNo };
  }

  /** Finance records a payment. */
  pay(statementId: string, yuan: number, bankReference: string, source: PaymentSource = 'bank') {
    return inTransaction(this.pool, (client) =>
      payStatement(client, {
        statementId,
        amountHao: yuan * YUAN_HAO,
        source,
        bankReference,
        receivedOn: '2026-11-02',
        note: null,
        actor: 'finance',
        nowMs: shanghai(DAY_OF_PAYMENT),
      }),
    );
  }

  advance(statementId: string, now: string) {
    return advanceStatement(this.pool, { statementId, nowMs: shanghai(now) });
  }

  /** What the doctor finds in the books. */
  async findings(): Promise<unknown[]> {
    const client = await this.pool.connect();
    try {
      const results = await runChecks(client, { isTemporalAway: true });
      return results.filter(
        ({ name, violations }) => violations > 0 && /ledger|entry|balance|statement/.test(name),
      );
    } finally {
      client.release();
    }
  }
}
