import { randomBytes } from 'node:crypto';
import type pg from 'pg';

export interface TestLicence {
  readonly id: string;
  readonly typeId: string;
}

export interface LicenceWish {
  readonly type?: string;
  readonly effectiveOn?: string;
  readonly expiresOn?: string | null;
  readonly standing?: string;
  readonly isVerified?: boolean;
  readonly productCodes?: readonly string[];
  readonly platformCodes?: readonly string[];
  readonly ownerEmail?: string;
  readonly previousId?: string;
  readonly createdAt?: string;
}

/** A licence as two people have entered and verified it, written as bare rows. */
export async function aLicence(db: pg.Client, wish: LicenceWish = {}): Promise<TestLicence> {
  const given = {
    type: 'telecom-icp',
    effectiveOn: '2022-01-01',
    expiresOn: '2099-12-31',
    standing: 'in-force',
    isVerified: true,
    productCodes: [],
    platformCodes: [],
    ownerEmail: 'a@example.test',
    previousId: null,
    createdAt: null,
    ...wish,
  };
  const { rows } = await db.query<{ id: string; typeId: string }>(
    `INSERT INTO licences (name, type_id, holder, number, issuer, effective_on, expires_on, standing, product_codes, platform_codes,
       owner_email, recorded_by, verified_by, verified_at, previous_id, created_at)
     SELECT 'test', t.id, 'We Ltd', $2, 'an authority', $3::date, $4::date, $5, $6, $7, $8, 'a@example.test',
       CASE WHEN $9 THEN 'b@example.test' END, CASE WHEN $9 THEN now() END, $10, coalesce($11::timestamptz, now())
     FROM licence_types t WHERE t.code = $1 RETURNING id, type_id AS "typeId"`,
    [
      given.type,
      `NO-${randomBytes(4).toString('hex')}`,
      given.effectiveOn,
      given.expiresOn,
      given.standing,
      given.productCodes,
      given.platformCodes,
      given.ownerEmail,
      given.isVerified,
      given.previousId,
      given.createdAt,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('no such type of licence');
  return row;
}

/** Selling this product needs a licence of this type. */
export async function aRequirement(
  db: pg.Client,
  { productId, type, platformId }: { productId: string; type: string; platformId?: string },
): Promise<void> {
  await db.query(
    `INSERT INTO licence_requirements (product_id, platform_id, type_id) SELECT $1, $2, id FROM licence_types WHERE code = $3`,
    [productId, platformId ?? null, type],
  );
}
