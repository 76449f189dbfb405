import { Router, type Request, type Response } from 'express';
import { DomainError, isConfirmed, mustHaveSecondFactor, type SecondFactorRule } from '#domain';
import { translate } from '#domain/i18n';
import { parseLoginForm } from '../http/form-body.js';
import { HOME_PATH } from './auth-paths.js';
import { type Doors, sendDoor, waitText } from './auth.router.js';
import type { CurrentStaff } from './current-staff.js';
import { isPassword } from './password.js';
import { recoveryCodesPage, setupPage } from './second-factor-pages.js';
import { noteInSession } from './session.js';
import { endSessionsOf } from './sessions.store.js';
import { readPasswordHash } from './staff.store.js';

/** Sets up a second factor: behind the log-in, in front of the panel. */
export function setupRouter(doors: Doors, rule: SecondFactorRule): Router {
  const router = Router();
  router.get('/second-factor/setup', (request, response, next) => {
    show(doors, rule, { request, response }).catch(next);
  });
  router.post('/second-factor/setup', parseLoginForm, (request, response, next) => {
    turnOn(doors, rule, { request, response }).catch(next);
  });
  return router;
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

async function show(
  { secondFactor }: Doors,
  rule: SecondFactorRule,
  { request, response }: Exchange,
  refusal: { readonly error?: string; readonly status?: number } = {},
): Promise<void> {
  const staff = staffOf(request);
  if (staff.hasSecondFactor) return response.redirect(303, HOME_PATH);
  const sealed = request.session.setupSealed ?? secondFactor.newSecret(staff.id);
  if (request.session.setupSealed === undefined)
    await noteInSession(request, { setupSealed: sealed });
  const page = setupPage(staff.language, {
    secret: secondFactor.secretOf(staff.id, sealed),
    email: staff.email,
    isRequired: mustHaveSecondFactor(staff.role, rule),
    asksPassword: !isConfirmed(request.session.confirmedAtMs, Date.now()),
    error: refusal.error,
  });
  sendDoor(response, page, refusal.status);
}

async function turnOn(doors: Doors, rule: SecondFactorRule, exchange: Exchange): Promise<void> {
  const { pool, throttle, secondFactor } = doors;
  const { request, response } = exchange;
  const staff = staffOf(request);
  const refuse = (error: string, status: number): Promise<void> =>
    show(doors, rule, exchange, { error, status });
  const sealed = request.session.setupSealed;
  if (sealed === undefined || staff.hasSecondFactor) return show(doors, rule, exchange);
  const waitMs = await throttle.takeProof(staff.id);
  if (waitMs !== undefined) return refuse(waitText(response, staff.language, waitMs), 429);
  const { code, password } = (request.body ?? {}) as { code?: unknown; password?: unknown };
  const isSure =
    isConfirmed(request.session.confirmedAtMs, Date.now()) ||
    (typeof password === 'string' &&
      (await isPassword(password, await readPasswordHash(pool, staff.id))));
  if (!isSure) return refuse(translate(staff.language, 'error.staff.confirm-refused'), 401);
  const person = { ...staff, requestId: request.requestId, address: request.ip ?? null };
  const codes =
    typeof code === 'string'
      ? await secondFactor.turnOn(person, { sealed, code }, Date.now())
      : undefined;
  if (!codes) return refuse(translate(staff.language, 'notice.codeRefused'), 401);
  await throttle.forgetProof(staff.id);
  delete request.session.setupSealed;
  await noteInSession(request, { confirmedAtMs: Date.now() });
  await endSessionsOf(pool, staff.id, request.sessionID);
  sendDoor(response, recoveryCodesPage(staff.language, codes));
}

function staffOf(request: Request): CurrentStaff {
  if (!request.staff) throw new DomainError('auth.refused');
  return request.staff;
}
