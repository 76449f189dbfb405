type Account = Readonly<Record<string, string>>;

/** Describes the account, but is not its number. */
const REGION = 'region';

/**
 * The field that holds the account itself: the one called `account`, the one that the supplier calls so, or the only one
 * there is. Undefined where there is none.
 */
export function mainAccountField(account: Account, fieldNames: Account = {}): string | undefined {
  const given = Object.keys(account).filter((name) => account[name] !== '' && name !== REGION);
  if (given.includes('account')) return 'account';
  return (
    given.find((name) => fieldNames[name] === 'account') ??
    (given.length === 1 ? given[0] : undefined)
  );
}

/** What tells one account from another: its number, or, where no field is known to hold it, all of the fields. */
export function accountIdentity(account: Account): string {
  const main = mainAccountField(account);
  if (main !== undefined) return (account[main] ?? '').trim();
  const fields = Object.entries(account).filter(([name]) => name !== REGION);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
