import { isDatabaseAway } from '#domain/database';

/** A lock that could not be had, a statement that took too long, a deadlock: one piece of work is hit, not the database. */
const BUSY = new Set(['55P03', '57014', '40P01']);

/** Whether nothing more can be done in this round, whatever comes next in it. */
export function isConnectionLost(error: unknown): boolean {
  const { code } = error as { readonly code?: string };
  return isDatabaseAway(error) && !BUSY.has(code ?? '');
}
