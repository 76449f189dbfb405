import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { Pool } from 'pg';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain';
import type { AdminConfig } from '../config.js';

declare module 'express-session' {
  interface SessionData {
    staffId: string;
    loginAtMs: number;
  }
}

export const SESSION_IDLE_MS = 30 * MINUTE_MS;
export const SESSION_ABSOLUTE_MS = 12 * HOUR_MS;
export const SESSION_COOKIE = 'kagong.sid';

/** Sessions live in Postgres, hold an id and a time and nothing else, and end after half an hour of silence. */
export function staffSessions(config: AdminConfig, pool: Pool): RequestHandler {
  const Store = connectPgSimple(session);
  return session({
    name: SESSION_COOKIE,
    secret: config.sessionSecret,
    store: new Store({
      pool,
      tableName: 'staff_sessions',
      createTableIfMissing: false,
      pruneSessionInterval: (10 * MINUTE_MS) / SECOND_MS,
      errorLog: () => undefined,
    }),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: {
      httpOnly: true,
      sameSite: 'strict',
      secure: config.publicOrigin?.startsWith('https:') ? true : 'auto',
      path: '/admin',
      maxAge: SESSION_IDLE_MS,
    },
  });
}

/** A session of a new id: one that somebody planted before the log-in is worth nothing after it. */
export async function renewSession(
  request: Request,
  staffId: string,
  nowMs: number,
): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    request.session.regenerate((error: unknown) => (error ? reject(asError(error)) : resolve())),
  );
  request.session.staffId = staffId;
  request.session.loginAtMs = nowMs;
  await new Promise<void>((resolve, reject) =>
    request.session.save((error: unknown) => (error ? reject(asError(error)) : resolve())),
  );
}

export async function endSession(request: Request): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    request.session.destroy((error: unknown) => (error ? reject(asError(error)) : resolve())),
  );
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
