/** OWASP's argon2id setting of 19 MiB, which is the library's default algorithm. */
export const PASSWORD_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What is hashed: two keyboards may send the same letter in two forms. */
export const passwordText = (typed: string): string => typed.normalize('NFC');
