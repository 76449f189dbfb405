import {
  Router,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Pool } from 'pg';
import { DomainError, MINUTE_MS, mustHaveSecondFactor, type SecondFactorRule } from '#domain';
import { type Language, LANGUAGES, languageOf, translate } from '#domain/i18n';
import { writeAudit } from '#domain/stores';
import { parseLoginForm } from '../http/form-body.js';
import { logins } from '../metrics/admin-metrics.js';
import { HOME_PATH, LOGIN_PATH, SECOND_FACTOR_PATH, SETUP_PATH } from './auth-paths.js';
import type { CurrentStaff } from './current-staff.js';
import { loginPage } from './login-page.js';
import type { LoginThrottle } from './login-throttle.js';
import { isPassword, PASSWORD_LENGTH_MAX } from './password.js';
import { secondFactorPage } from './second-factor-pages.js';
import type { SecondFactorService } from './second-factor.service.js';
import { endSession, renewSession, SESSION_ABSOLUTE_MS } from './session.js';
import { changeLanguage, noteLogin, readStaff, readStaffLogin } from './staff.store.js';

const EMAIL_LENGTH_MAX = 120;
/** So long a right password waits for the second factor. */
const PENDING_MS = 5 * MINUTE_MS;

export interface Doors {
  readonly pool: Pool;
  readonly throttle: LoginThrottle;
  readonly secondFactor: SecondFactorService;
}

/** Log-in and log-out. Whatever lies behind this router is asked for by nobody in particular and must call `requireStaff`. */
export function authRouter(doors: Doors): Router {
  const router = Router();
  router.get('/login', (request, response) => {
    if (request.session.staffId !== undefined) return response.redirect(303, HOME_PATH);
    showLogin(request, response);
  });
  router.post('/login', parseLoginForm, (request, response, next) => {
    logIn(doors, request, response).catch(next);
  });
  router.get('/second-factor', (request, response, next) => {
    showSecondFactor(doors, request, response).catch(next);
  });
  router.post('/second-factor', parseLoginForm, (request, response, next) => {
    proveSecondFactor(doors, request, response).catch(next);
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

/** A page before the panel: never kept by a browser. */
export function sendDoor(response: Response, html: string, status = 200): void {
  response.status(status).set('Cache-Control', 'no-store').type('html').send(html);
}

function showLogin(request: Request, response: Response, error?: string, status = 200): void {
  const language = pageLanguage(request);
  const asked = request.query['lang'] === undefined ? '' : `?lang=${language}`;
  sendDoor(response, loginPage(language, { error, action: `${LOGIN_PATH}${asked}` }), status);
}

/** How many minutes to wait, for people and for programs. */
export function waitText(response: Response, language: Language, waitMs: number): string {
  logins.inc({ outcome: 'throttled' });
  response.set('Retry-After', String(Math.ceil(waitMs / 1_000)));
  return translate(language, 'notice.loginThrottled', { minutes: Math.ceil(waitMs / MINUTE_MS) });
}

async function logIn(doors: Doors, request: Request, response: Response): Promise<void> {
  const language = pageLanguage(request);
  const typed = typedLogin(request.body);
  if (!typed) return refuseLogin(request, response);
  const address = request.ip ?? '';
  const waitMs = await doors.throttle.take(typed.email, address);
  if (waitMs !== undefined)
    return showLogin(request, response, waitText(response, language, waitMs), 429);
  const found = await readStaffLogin(doors.pool, typed.email);
  if (!(await isPassword(typed.password, found?.passwordHash)) || !found) {
    logins.inc({ outcome: 'refused' });
    const staffId = found?.staff.id;
    await noteRefusal(doors.pool, request, {
      email: typed.email,
      staffId,
      action: 'loginRefused',
    });
    return refuseLogin(request, response);
  }
  await doors.throttle.forget(typed.email, address);
  await letIn(doors.pool, { request, response }, found.staff);
}

/** What was typed into the log-in; undefined where nobody could have typed it. */
function typedLogin(
  body: unknown,
): { readonly email: string; readonly password: string } | undefined {
  const { email, password } = (body ?? {}) as { email?: unknown; password?: unknown };
  if (typeof email !== 'string' || typeof password !== 'string') return undefined;
  return email === '' || password.length > PASSWORD_LENGTH_MAX ? undefined : { email, password };
}

const refuseLogin = (request: Request, response: Response): void =>
  showLogin(request, response, translate(pageLanguage(request), 'notice.loginRefused'), 401);

/** The password was right: in, or on to the second factor. */
async function letIn(
  pool: Pool,
  { request, response }: { readonly request: Request; readonly response: Response },
  staff: CurrentStaff,
): Promise<void> {
  const asked = askedLanguage(request);
  if (asked) await changeLanguage(pool, staff.id, asked);
  if (staff.hasSecondFactor) {
    await renewSession(request, { pendingStaffId: staff.id, pendingAtMs: Date.now() });
    return response.redirect(303, SECOND_FACTOR_PATH);
  }
  await openSession(pool, request, staff);
  response.redirect(303, HOME_PATH);
}

/** Who has given the right password and no second factor yet; undefined where nobody has, or too long ago. */
async function pendingStaff(pool: Pool, request: Request): Promise<CurrentStaff | undefined> {
  const { pendingStaffId, pendingAtMs = 0 } = request.session;
  if (pendingStaffId === undefined || Date.now() - pendingAtMs >= PENDING_MS) return undefined;
  return readStaff(pool, pendingStaffId);
}

async function showSecondFactor(doors: Doors, request: Request, response: Response): Promise<void> {
  const staff = await pendingStaff(doors.pool, request);
  if (!staff) return response.redirect(303, LOGIN_PATH);
  sendDoor(response, secondFactorPage(staff.language));
}

async function proveSecondFactor(
  { pool, throttle, secondFactor }: Doors,
  request: Request,
  response: Response,
): Promise<void> {
  const staff = await pendingStaff(pool, request);
  if (!staff) return response.redirect(303, LOGIN_PATH);
  const { code } = (request.body ?? {}) as { code?: unknown };
  const waitMs = await throttle.takeProof(staff.id);
  if (waitMs !== undefined) {
    const wait = waitText(response, staff.language, waitMs);
    return sendDoor(response, secondFactorPage(staff.language, wait), 429);
  }
  const person = { ...staff, requestId: request.requestId, address: request.ip ?? null };
  if (typeof code !== 'string' || !(await secondFactor.prove(person, code, Date.now()))) {
    logins.inc({ outcome: 'refused' });
    const { email, id: staffId } = staff;
    await noteRefusal(pool, request, { email, staffId, action: 'secondFactorRefused' });
    const error = translate(staff.language, 'notice.codeRefused');
    return sendDoor(response, secondFactorPage(staff.language, error), 401);
  }
  await throttle.forgetProof(staff.id);
  await openSession(pool, request, staff);
  response.redirect(303, HOME_PATH);
}

async function openSession(pool: Pool, request: Request, staff: CurrentStaff): Promise<void> {
  const now = Date.now();
  await renewSession(request, { staffId: staff.id, loginAtMs: now, confirmedAtMs: now });
  await noteLogin(pool, staff.id);
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
  who: {
    readonly email: string;
    readonly staffId: string | undefined;
    readonly action: 'loginRefused' | 'secondFactorRefused';
  },
): Promise<void> {
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(who.email);
  return writeAudit(pool, {
    staffEmail: isAddress ? who.email.slice(0, EMAIL_LENGTH_MAX) : '?',
    action: who.action,
    resource: 'Staff',
    recordId: who.staffId ?? null,
    requestId: request.requestId,
    address: request.ip ?? null,
  });
}

/** Reads the person anew for every request: who was disabled or changed role is so at once. */
export function requireStaff(pool: Pool): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    findStaff(pool, request).then((isKnown) => {
      if (isKnown) return next();
      if (isForScript(request)) return next(new DomainError('auth.refused'));
      response.redirect(303, LOGIN_PATH);
    }, next);
  };
}

/** Whoever must have a second factor sets it up before anything else. */
export function requireSecondFactor(rule: SecondFactorRule): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { staff } = request;
    if (!staff || staff.hasSecondFactor || !mustHaveSecondFactor(staff.role, rule)) return next();
    if (isForScript(request)) return next(new DomainError('staff.second-factor-required'));
    response.redirect(303, SETUP_PATH);
  };
}

/** Our own scripts understand a refusal; the library's pages and calls follow a redirect to the log-in. */
const isForScript = (request: Pick<Request, 'path'>): boolean =>
  /^\/(data|command)\//.test(request.path);

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
