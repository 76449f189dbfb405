// What the server tells the account page. This file imports nothing: pages and server both build on it.

export interface SessionView {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly device: string;
  readonly address: string;
  readonly loginAt: string;
  readonly lastSeenAt: string;
  readonly isThis: boolean;
}

export interface AccountView {
  readonly name: string;
  readonly email: string;
  readonly secondFactor: {
    /** Null while the password alone is enough. */
    readonly since: string | null;
    readonly codesLeft: number;
    readonly isRequired: boolean;
  };
  readonly mine: readonly SessionView[];
  /** Those of all others; null for who may not see them. */
  readonly others: readonly SessionView[] | null;
}
