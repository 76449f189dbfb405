import type { QueryRunner } from 'typeorm';
import { dayOfDate, DomainError, isCalendarId } from '#domain';
import { clientOf } from '../resource/record-writer.js';
import type {
  FieldFault,
  FieldFaults,
  FieldValues,
  PanelStaff,
} from '../resource/resource-definition.js';
import { textOf } from '../resource/text-of.js';

const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  termDays: [0, 366],
  cutOffMinutes: [0, 1_440],
  payWeekday: [1, 7],
  objectionDays: [0, 90],
};
const DUNNING_MAX_DAYS = 366;

/** Rules over the fields of a draft. */
export function checkAgreement(values: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  for (const [name, [min, max]] of Object.entries(RANGES)) {
    const value = values[name];
    if (typeof value === 'number' && (value < min || value > max))
      faults[name] = outOfRange(min, max);
  }
  const { validFrom, calendarId, dunningDays } = values;
  if (validFrom !== undefined && dayOfDate(textOf(validFrom)) === undefined)
    faults['validFrom'] = { notice: 'notADay' };
  if (calendarId !== undefined && !isCalendarId(textOf(calendarId)))
    faults['calendarId'] = { notice: 'notACalendar' };
  if (Array.isArray(dunningDays) && !dunningDays.every(isDunningDay))
    faults['dunningDays'] = outOfRange(1, DUNNING_MAX_DAYS);
  return faults;
}

const isDunningDay = (day: unknown): boolean =>
  typeof day === 'number' && day >= 1 && day <= DUNNING_MAX_DAYS;

const outOfRange = (min: number, max: number): FieldFault => ({
  notice: 'outOfRange',
  params: { min, max },
});

/** Who drafted it may not approve it. */
export async function keepDrafter(
  runner: QueryRunner,
  record: FieldValues,
  staff: PanelStaff,
): Promise<void> {
  const client = await clientOf(runner.manager);
  await client.query('UPDATE settlement_agreements SET created_by = $2 WHERE id = $1', [
    textOf(record['id']),
    staff.email,
  ]);
}

/** What is agreed is not edited: it gets a new version. */
export async function requireDraft(
  runner: QueryRunner,
  { recordId }: { readonly recordId: string },
): Promise<void> {
  const client = await clientOf(runner.manager);
  const found = await client.query(
    `SELECT 1 FROM settlement_agreements WHERE id = $1 AND status = 'draft'`,
    [recordId],
  );
  if (found.rowCount !== 1) throw new DomainError('agreement.not-open');
}
