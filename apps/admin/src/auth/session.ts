import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import type { Pool } from 'pg';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain';
import type { AdminConfig } from '../config.js';

declare module 'express-session' {
  interface SessionData {
    staffId: string;
    loginAtMs: number;
    /** When this person last proved who they are. */
    confirmedAtMs: number;
    /** Whose password was right and whose second factor is still asked for. */
    pendingStaffId: string;
    pendingAtMs: number;
    /** The secret of a second factor that is being set up, sealed. */
    setupSealed: string;
    /** What the browser called itself, and where it was, at log-in. */
    agent: string;
    address: string;
  }
}

export const SESSION_IDLE_MS = 30 * MINUTE_MS;
export const SESSION_ABSOLUTE_MS = 12 * HOUR_MS;
const SESSION_COOKIE = 'kagong.sid';
const AGENT_LENGTH_MAX = 400;

/** Sessions live in Postgres, hold an id, times and where it was opened, and end after half an hour of silence. */
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
export async function renewSession(request: Request, data: Partial<SessionData>): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    request.session.regenerate((error: unknown) => (error ? reject(asError(error)) : resolve())),
  );
  await noteInSession(request, {
    ...data,
    agent: (request.headers['user-agent'] ?? '').slice(0, AGENT_LENGTH_MAX),
    address: request.ip ?? '',
  });
}

/** Writes into the session before the answer leaves: what comes next finds it. */
export async function noteInSession(request: Request, data: Partial<SessionData>): Promise<void> {
  Object.assign(request.session, data);
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
