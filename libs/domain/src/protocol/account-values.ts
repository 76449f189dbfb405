import { mainAccountField } from '../supply/top-up-account.js';
import type { CreateRequest } from './protocol.js';

/** The account itself; empty for cards. */
export function mainAccount(request: CreateRequest): string {
  const main = mainAccountField(request.account, request.fieldNames);
  return main === undefined ? '' : (request.account[main] ?? '');
}

/** The other fields of the account under the supplier's names for them. */
export function otherAccountFields(
  request: CreateRequest,
): (readonly [name: string, value: string])[] {
  const main = mainAccountField(request.account, request.fieldNames);
  return Object.entries(request.account)
    .filter(([name, value]) => name !== main && value !== '')
    .map(([name, value]) => [request.fieldNames?.[name] ?? name, value]);
}
