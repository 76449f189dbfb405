import type { QueryRunner } from 'typeorm';
import type { PoolClient } from 'pg';
import { dayOfDate, DomainError, PRODUCT_CATEGORIES } from '#domain';
import { recordLicence, refreshGatesIn, touchLicence } from '#domain/stores';
import { clientOf } from '../resource/record-writer.js';
import type { FieldFaults, FieldValues, PanelStaff } from '../resource/resource-definition.js';
import { FaultyFields } from '../resource/save-errors.js';
import { textOf } from '../resource/text-of.js';

/** What a second person has verified: it changes by a renewal only. */
const VERIFIED_FIELDS = [
  'typeId',
  'holder',
  'number',
  'issuer',
  'issuedOn',
  'effectiveOn',
  'expiresOn',
  'categories',
  'productCodes',
  'platformCodes',
  'territories',
];
const DATES = ['issuedOn', 'effectiveOn', 'expiresOn', 'reviewedOn', 'verifiedOn'];
const DAYS_MAX = 1_000;
const REVIEW_DAYS_MAX = 3_660;

/** What licences a product needs may have changed with this. */
export async function countGates(runner: QueryRunner): Promise<void> {
  await refreshGatesIn(await clientOf(runner.manager), Date.now());
}

const NUMBERS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  leadDays: [0, DAYS_MAX],
  startDays: [0, DAYS_MAX],
  reviewDays: [1, REVIEW_DAYS_MAX],
};

/** Rules over the fields of a licence, or of a type. */
export function checkLicence(values: FieldValues): FieldFaults {
  const faults = { ...checkDates(values), ...checkNumbers(values) };
  const known: readonly string[] = PRODUCT_CATEGORIES;
  const stranger = listOf(values['categories']).find((one) => !known.includes(one));
  return stranger === undefined
    ? faults
    : { ...faults, categories: { notice: 'unknownScope', params: { code: stranger } } };
}

function checkDates(values: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  for (const name of DATES) {
    const value = values[name];
    if (value !== undefined && value !== null && dayOfDate(textOf(value)) === undefined)
      faults[name] = { notice: 'notADay' };
  }
  const { effectiveOn, expiresOn } = values;
  if (effectiveOn && expiresOn && textOf(expiresOn) < textOf(effectiveOn))
    faults['expiresOn'] = { notice: 'validToBeforeFrom' };
  return faults;
}

function checkNumbers(values: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  for (const [name, [min, max]] of Object.entries(NUMBERS)) {
    const value = values[name];
    if (typeof value === 'number' && (value < min || value > max))
      faults[name] = { notice: 'outOfRange', params: { min, max } };
  }
  for (const name of ['expiryLadder', 'applyLadder'])
    if (!isLadder(values[name]))
      faults[name] = { notice: 'outOfRange', params: { min: 0, max: DAYS_MAX } };
  return faults;
}

const isLadder = (value: unknown): boolean =>
  !Array.isArray(value) ||
  value.every((day) => typeof day === 'number' && day >= 0 && day <= DAYS_MAX);

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((one) => textOf(one)) : [];

/** A matrix line is about something. */
export function checkRequirement({ category, productId }: FieldValues): FieldFaults {
  return category === null && productId === null
    ? { category: { notice: 'required' }, productId: { notice: 'required' } }
    : {};
}

/** A licence that was entered carries nothing before a second person has verified it. */
export async function licenceCreated(
  runner: QueryRunner,
  record: FieldValues,
  staff: PanelStaff,
): Promise<void> {
  const client = await clientOf(runner.manager);
  await requireNames(client, record);
  await recordLicence(client, {
    licenceId: textOf(record['id']),
    actor: staff.email,
    nowMs: Date.now(),
  });
}

export async function licenceEdited(
  runner: QueryRunner,
  { recordId, changed }: { readonly recordId: string; readonly changed: FieldValues },
  staff: PanelStaff,
): Promise<void> {
  const client = await clientOf(runner.manager);
  await requireNames(client, changed);
  const change = { licenceId: recordId, actor: staff.email, nowMs: Date.now() };
  if (!Object.keys(changed).some((name) => VERIFIED_FIELDS.includes(name)))
    return touchLicence(client, change);
  const open = await client.query('SELECT 1 FROM licences WHERE id = $1 AND verified_at IS NULL', [
    recordId,
  ]);
  if (open.rowCount !== 1) throw new DomainError('licence.not-open');
  await recordLicence(client, change);
}

/** Whoever is to be told exists, and so do the products and platforms of its scope. */
async function requireNames(client: PoolClient, values: FieldValues): Promise<void> {
  const { ownerEmail, productCodes, platformCodes } = values;
  if (ownerEmail !== undefined) {
    const found = await client.query(
      `SELECT 1 FROM staff WHERE lower(email) = lower($1) AND status = 'active'`,
      [textOf(ownerEmail)],
    );
    if (found.rowCount === 0) throw new FaultyFields({ ownerEmail: { notice: 'badEmail' } });
  }
  for (const [field, table, codes] of [
    ['productCodes', 'products', listOf(productCodes)],
    ['platformCodes', 'platforms', listOf(platformCodes)],
  ] as const) {
    const { rows } = await client.query<{ code: string }>(
      `SELECT code FROM unnest($1::text[]) AS n(code) WHERE NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.code = n.code)`,
      [codes],
    );
    const code = rows[0]?.code;
    if (code !== undefined)
      throw new FaultyFields({ [field]: { notice: 'unknownScope', params: { code } } });
  }
}

/** A new text of a rule is its next version; the one before it is kept. */
export async function ruleCreated(runner: QueryRunner, record: FieldValues): Promise<void> {
  const client = await clientOf(runner.manager);
  await client.query(
    `UPDATE legal_rules SET is_current = false, version = version + 1, updated_at = now()
     WHERE code = $2 AND id <> $1 AND is_current`,
    [record['id'], record['code']],
  );
  await client.query(
    `UPDATE legal_rules SET version_no = (SELECT coalesce(max(version_no), 0) + 1 FROM legal_rules o
       WHERE o.code = $2 AND o.id <> $1) WHERE id = $1`,
    [record['id'], record['code']],
  );
}
