import { Router, type NextFunction, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import { DomainError, MINUTE_MS } from '#domain';
import { type Language, LANGUAGES, languageOf, translate } from '#domain/i18n';
import { writeAudit } from '#domain/stores';
import { parseLoginForm } from '../http/form-body.js';
import { logins } from '../metrics/admin-metrics.js';
import type { CurrentStaff } from './current-staff.js';
import { loginPage } from './login-page.js';
import { LoginThrottle } from './login-throttle.js';
import { isPassword, PASSWORD_LENGTH_MAX } from './password.js';
import { endSession, renewSession, SESSION_ABSOLUTE_MS } from './session.js';
import { changeLanguage, noteLogin, readStaff, readStaffLogin } from './staff.store.js';

export const LOGIN_PATH = '/admin/login';
const HOME_PATH = '/admin';
const EMAIL_LENGTH_MAX = 120;

/** Log-in and log-out. Whatever lies behind this router is asked for by nobody in particular and must call `requireStaff`. */
export function authRouter(pool: Pool, throttle: LoginThrottle): Router {
  const router = Router();
  router.get('/login', (request, response) => {
    if (request.session.staffId !== undefined) return response.redirect(303, HOME_PATH);
    showLogin(request, response);
  });
  router.post('/login', parseLoginForm, (request, response, next) => {
    logIn(pool, throttle, request, response).catch(next);
  });
  router.post('/logout', (request, response, next) => {
    endSession(request).then(() => response.redirect(303, LOGIN_PATH), next);
  });
  return router;
}

function pageLanguage(request: Request): Language {
  return askedLanguage(request) ?? languageOf(request.headers['accept-language']);
}

/** The language that somebody chose on the log-in page; undefined where they chose none. */
const askedLanguage = (request: Request): Language | undefined =>
  LANGUAGES.find((one) => one === request.query['lang']);

function showLogin(request: Request, response: Response, error?: string, status = 200): void {
  const language = pageLanguage(request);
  const asked = request.query['lang'] === undefined ? '' : `?lang=${language}`;
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(loginPage(language, { error, action: `${LOGIN_PATH}${asked}` }));
}

async function logIn(
  pool: Pool,
  throttle: LoginThrottle,
  request: Request,
  response: Response,
): Promise<void> {
  const language = pageLanguage(request);
  const { email, password } = (request.body ?? {}) as { email?: unknown; password?: unknown };
  const isText = typeof email === 'string' && typeof password === 'string';
  if (!isText || email === '' || password.length > PASSWORD_LENGTH_MAX)
    return showLogin(request, response, translate(language, 'notice.loginRefused'), 401);
  const address = request.ip ?? '';
  const waitMs = await throttle.take(email, address);
  if (waitMs !== undefined) {
    logins.inc({ outcome: 'throttled' });
    const minutes = Math.ceil(waitMs / MINUTE_MS);
    response.set('Retry-After', String(Math.ceil(waitMs / 1_000)));
    return showLogin(
      request,
      response,
      translate(language, 'notice.loginThrottled', { minutes }),
      429,
    );
  }
  const found = await readStaffLogin(pool, email);
  if (!(await isPassword(password, found?.passwordHash)) || !found) {
    logins.inc({ outcome: 'refused' });
    await noteRefusal(pool, request, { email, staffId: found?.staff.id });
    return showLogin(request, response, translate(language, 'notice.loginRefused'), 401);
  }
  await throttle.forget(email, address);
  await openSession(pool, request, found.staff);
  response.redirect(303, HOME_PATH);
}

async function openSession(pool: Pool, request: Request, staff: CurrentStaff): Promise<void> {
  await renewSession(request, staff.id, Date.now());
  await noteLogin(pool, staff.id);
  const asked = askedLanguage(request);
  if (asked) await changeLanguage(pool, staff.id, asked);
  await writeAudit(pool, {
    staffEmail: staff.email,
    action: 'login',
    resource: 'Staff',
    recordId: staff.id,
    requestId: request.requestId,
    address: request.ip ?? null,
  });
  logins.inc({ outcome: 'accepted' });
}

/** Who guesses passwords is seen. Only an address is written down: some type their password where their name belongs. */
function noteRefusal(
  pool: Pool,
  request: Request,
  { email, staffId }: { readonly email: string; readonly staffId: string | undefined },
): Promise<void> {
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
  return writeAudit(pool, {
    staffEmail: isAddress ? email.slice(0, EMAIL_LENGTH_MAX) : '?',
    action: 'loginRefused',
    resource: 'Staff',
    recordId: staffId ?? null,
    requestId: request.requestId,
    address: request.ip ?? null,
  });
}

/** Reads the person anew for every request: who was disabled or changed role is so at once. */
export function requireStaff(pool: Pool) {
  return (request: Request, response: Response, next: NextFunction): void => {
    findStaff(pool, request).then((isKnown) => {
      if (isKnown) return next();
      if (isForScript(request)) return next(new DomainError('auth.refused'));
      response.redirect(303, LOGIN_PATH);
    }, next);
  };
}

/** Our own scripts understand a refusal; the library's pages and calls follow a redirect to the log-in. */
const isForScript = (request: Request): boolean => /^\/(data|command)\//.test(request.path);

async function findStaff(pool: Pool, request: Request): Promise<boolean> {
  const { staffId, loginAtMs } = request.session;
  if (staffId === undefined || loginAtMs === undefined) return false;
  const isFresh = Date.now() - loginAtMs < SESSION_ABSOLUTE_MS;
  const staff = isFresh ? await readStaff(pool, staffId) : undefined;
  if (!staff) {
    await endSession(request);
    return false;
  }
  request.staff = staff;
  request.language = staff.language;
  return true;
}
