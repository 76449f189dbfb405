import type { Pool } from 'pg';
import { cardIdentity, type CardFileSample } from '#domain';
import type { CardVault } from '#domain/stores';

/** Which cards of a file's beginning are in the vault already, sold ones among them: their identities. */
export async function cardsInVault(
  pool: Pool,
  vault: CardVault,
  { read }: CardFileSample,
): Promise<ReadonlySet<string>> {
  const identities = new Map<string, string>();
  for (const { line } of read)
    if (typeof line !== 'string')
      identities.set(vault.fingerprint(line).toString('hex'), cardIdentity(line));
  const found = await pool.query<{ fingerprint: Buffer }>(
    'SELECT fingerprint FROM cards WHERE fingerprint = ANY($1::bytea[])',
    [[...identities.keys()].map((hex) => Buffer.from(hex, 'hex'))],
  );
  return new Set(
    found.rows.map(({ fingerprint }) => identities.get(fingerprint.toString('hex')) ?? ''),
  );
}
