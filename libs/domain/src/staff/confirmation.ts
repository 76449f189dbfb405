import { MINUTE_MS } from '../shared/business-time.js';

/** What shows codes or pays money out asks for the password again when it was given longer ago than this. */
const CONFIRMATION_LASTS_MS = 5 * MINUTE_MS;

/** Whether the person proved who they are so recently that they need not do it again. A clock that went back proves nothing. */
export const isConfirmed = (confirmedAtMs: number | undefined, nowMs: number): boolean =>
  confirmedAtMs !== undefined &&
  nowMs >= confirmedAtMs &&
  nowMs - confirmedAtMs < CONFIRMATION_LASTS_MS;
