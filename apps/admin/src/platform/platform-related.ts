import type { Pool } from 'pg';
import { type CredentialStatus, mayStaff } from '#domain';
import { translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import { lotsSection } from '../money/lot-related.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';

const ACCOUNT = `
  SELECT id, code, balance_hao::text AS balance, coalesce(order_floor_hao, floor_hao)::text AS floor,
    (SELECT l.id FROM credit_lines l WHERE l.platform_id = $1) AS credit_line_id,
    (SELECT l.score FROM credit_lines l WHERE l.platform_id = $1) AS score
  FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`;
const CREDENTIALS = `
  SELECT id, key, status, expires_at, created_at FROM api_credentials WHERE platform_id = $1
  ORDER BY status, created_at DESC LIMIT 50`;

/** What a platform has prepaid, for those who may see money, and the keys it signs with. */
export async function platformRelated(
  pool: Pool,
  staff: PanelStaff,
  platformId: string,
): Promise<readonly RelatedSection[]> {
  const keys = await credentials(pool, staff, platformId);
  if (!mayStaff(staff.role, 'money.read')) return [keys];
  return [
    ...(await balance(pool, staff, platformId)),
    await lotsSection(pool, staff.language, platformId),
    keys,
  ];
}

async function balance(
  pool: Pool,
  { language }: PanelStaff,
  platformId: string,
): Promise<RelatedSection[]> {
  const found = await pool.query<{
    id: string;
    code: string;
    balance: string;
    floor: string;
    credit_line_id: string | null;
    score: number | null;
  }>(ACCOUNT, [platformId]);
  return found.rows.map(({ id, code, balance: hao, floor, credit_line_id: lineId, score }) => ({
    title: translate(language, 'page.related.balance'),
    facts: [
      {
        label: translate(language, 'field.LedgerAccount.balanceHao'),
        value: { text: shownAmount(Number(hao)) },
      },
      {
        label: translate(language, 'field.LedgerAccount.floorHao'),
        value: { text: shownAmount(Number(floor)) },
      },
      {
        label: translate(language, 'entity.LedgerAccount'),
        value: { text: code, to: recordPage('LedgerAccount', id) },
      },
      ...(lineId === null
        ? []
        : [
            {
              label: translate(language, 'entity.CreditLine'),
              value: {
                text: score === null ? '–' : `${score} / 1000`,
                to: recordPage('CreditLine', lineId),
              },
            },
          ]),
    ],
  }));
}

async function credentials(
  pool: Pool,
  { language }: PanelStaff,
  platformId: string,
): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    key: string;
    status: CredentialStatus;
    expires_at: Date | null;
    created_at: Date;
  }>(CREDENTIALS, [platformId]);
  return {
    title: translate(language, 'entity.ApiCredential'),
    heads: [
      translate(language, 'field.ApiCredential.key'),
      translate(language, 'field.ApiCredential.status'),
      translate(language, 'field.ApiCredential.expiresAt'),
      translate(language, 'field.ApiCredential.createdAt'),
    ],
    rows: rows.map((row) => [
      { text: row.key, to: recordPage('ApiCredential', row.id) },
      { text: translate(language, `enum.credentialStatus.${row.status}`), tag: row.status },
      { text: row.expires_at ? shanghaiTime(row.expires_at) : '—' },
      { text: shanghaiTime(row.created_at) },
    ]),
    empty: translate(language, 'page.related.noCredential'),
  };
}
