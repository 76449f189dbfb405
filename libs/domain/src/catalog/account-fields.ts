import { refuse, type Refusal } from '../shared/domain-error.js';

/** One field that the buyer must fill in, for example the account to be topped up. */
export interface AccountField {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly maxLength: number;
}

/** Checks a buyer's account fields against the product's template; undefined means they fit. */
export function accountRefusal(
  template: readonly AccountField[],
  account: Readonly<Record<string, string>>,
): Refusal | undefined {
  for (const field of template) {
    const given = Object.hasOwn(account, field.name) ? account[field.name] : undefined;
    if (given === undefined || given === '') {
      if (field.required) return refuse('order.account-invalid', { field: field.name });
    } else if (given.length > field.maxLength) {
      return refuse('order.account-invalid', { field: field.name });
    }
  }
  const known = new Set(template.map((field) => field.name));
  const stranger = Object.keys(account).find((name) => !known.has(name));
  return stranger === undefined ? undefined : refuse('order.account-invalid', { field: stranger });
}
