import { ValidationError } from 'adminjs';
import { QueryFailedError } from 'typeorm';
import { DomainError } from '#domain';
import { errorText, type Language, type MessageKey, translate } from '#domain/i18n';
import { isDatabaseAway } from '#domain/database';
import type { FieldFault, FieldFaults } from './resource-definition.js';

/** Where a rule of the database is about one field, and how that is said. */
const CHECKS: Readonly<Record<string, readonly [field: string, fault: FieldFault]>> = {
  ck_products_quantities: ['maxQuantity', { notice: 'badQuantities' }],
  ck_products_wait: ['waitSeconds', { notice: 'badWait' }],
  ck_prices_unit_price_hao: ['unitPriceHao', { notice: 'notPositive' }],
  ck_prices_quantities: ['maxQuantity', { notice: 'badQuantities' }],
};
/** The library takes a save without a fault at a field for a success, so a fault of the whole record gets a field, too. */
export const WHOLE_RECORD = '_record';

interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
  readonly column?: string;
  readonly detail?: string;
}

export class FaultyFields extends Error {
  constructor(readonly faults: FieldFaults) {
    super('faulty fields');
  }
}

/** Somebody else changed the record since the form was loaded. */
export class StaleRecord extends Error {}

/** Turns whatever stopped a save into faults that the form shows. No error passes as a success. */
export function toValidationError(
  error: unknown,
  { language, requestId }: { readonly language: Language; readonly requestId: string },
  log: (error: unknown) => void,
): ValidationError {
  const say = ({ notice, params }: FieldFault): string =>
    translate(language, `notice.${notice}` as MessageKey, params);
  const whole = (message: string): ValidationError =>
    new ValidationError({ [WHOLE_RECORD]: { message } }, { message });
  if (error instanceof ValidationError) return error;
  if (error instanceof DomainError) return whole(errorText(language, error.code, error.params));
  if (error instanceof StaleRecord) {
    const message = say({ notice: 'stale' });
    return new ValidationError({ [WHOLE_RECORD]: { type: 'stale', message } }, { message });
  }
  const faults = faultsOf(error);
  if (faults) {
    const shown = Object.entries(faults).map(([field, fault]) => [field, { message: say(fault) }]);
    return new ValidationError(Object.fromEntries(shown), {
      message: say({ notice: 'saveFailed' }),
    });
  }
  if (isDatabaseAway(error)) return whole(errorText(language, 'service.unavailable'));
  log(error);
  return whole(say({ notice: 'saveBroken', params: { requestId } }));
}

function faultsOf(error: unknown): FieldFaults | undefined {
  if (error instanceof FaultyFields) return error.faults;
  if (!(error instanceof QueryFailedError)) return undefined;
  const driver = error.driverError as DriverError;
  const check = CHECKS[driver.constraint ?? ''];
  if (check) return { [check[0]]: check[1] };
  if (driver.code === '23505') return onEach(columnsOf(driver), { notice: 'alreadyTaken' });
  if (driver.code === '23503') return onEach(columnsOf(driver), { notice: 'notFound' });
  if (driver.code === '23502') return { [camel(driver.column ?? '')]: { notice: 'required' } };
  if (driver.code === '23514')
    return {
      [WHOLE_RECORD]: { notice: 'notAllowedValue', params: { rule: driver.constraint ?? '' } },
    };
  return undefined;
}

/** `Key (platform_id, customer_no)=(…) already exists.` */
function columnsOf({ detail }: DriverError): string[] {
  const named = /^Key \(([^)]*)\)/.exec(detail ?? '')?.[1] ?? '';
  return named.split(', ').map((name) => camel(name.replace(/^lower\((.*?)(::text)?$/, '$1')));
}

const onEach = (fields: readonly string[], fault: FieldFault): FieldFaults =>
  Object.fromEntries(fields.map((field) => [field === '' ? WHOLE_RECORD : field, fault]));

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
