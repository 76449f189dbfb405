import type { Pool, PoolClient } from 'pg';
import type { AccountKind } from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { ApprovalFact } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount } from '../resource/shown-amount.js';

type PlatformAccountKind = Extract<AccountKind, 'platform-balance' | 'platform-deposit'>;

/** What a movement of a platform's money does to its accounts, with what else is to be known. */
export async function moneyFacts(
  pool: Pool,
  language: Language,
  platformId: string,
  what: {
    readonly moves: readonly (readonly [PlatformAccountKind, number])[];
    readonly facts: readonly (readonly [label: string, value: string])[];
  },
): Promise<readonly ApprovalFact[]> {
  const { rows } = await pool.query<{ name: string; kind: string | null; hao: string | null }>(
    `SELECT p.name, a.kind, a.balance_hao AS hao FROM platforms p
     LEFT JOIN ledger_accounts a ON a.platform_id = p.id WHERE p.id = $1`,
    [platformId],
  );
  const balanceOf = (kind: string): number =>
    Number(rows.find((row) => row.kind === kind)?.hao ?? 0);
  return [
    {
      label: translate(language, 'entity.Platform'),
      after: rows[0]?.name ?? '',
      to: recordPage('Platform', platformId),
    },
    ...what.facts.map(([label, after]) => ({ label, after })),
    ...what.moves.map(([kind, hao]) => ({
      label: translate(language, `enum.accountKind.${kind}`),
      before: shownAmount(balanceOf(kind)),
      after: shownAmount(balanceOf(kind) + hao),
    })),
  ];
}

/** A platform's balance as it stands in the transaction. */
export async function balanceAfter(client: PoolClient, platformId: string): Promise<string> {
  const { rows } = await client.query<{ hao: string }>(
    `SELECT balance_hao AS hao FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
    [platformId],
  );
  return shownAmount(Number(rows[0]?.hao ?? 0));
}
