import type { CreateRequest } from './protocol.js';

/** The account itself; empty for cards. */
export const mainAccount = (request: CreateRequest): string => request.account['account'] ?? '';

/** The other fields of the account under the supplier's names for them. */
export function otherAccountFields(
  request: CreateRequest,
): (readonly [name: string, value: string])[] {
  return Object.entries(request.account)
    .filter(([name, value]) => name !== 'account' && value !== '')
    .map(([name, value]) => [request.fieldNames?.[name] ?? name, value]);
}
