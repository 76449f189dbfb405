import type AdminJS from 'adminjs';
import { ApiController, AppController } from 'adminjs';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { DomainError, isConfirmed, mayStaff } from '#domain';
import type { CurrentStaff } from '../auth/current-staff.js';
import { WITH_CONFIRMATION } from '../components/places.js';
import { parsePanelForm } from '../http/form-body.js';
import { entityName, type PanelStaff } from '../resource/resource-definition.js';
import { RESOURCES } from '../resources/registry.js';
import { isMethodAllowed, permissionOf } from './actions.js';
import { pageStaff } from './admin-options.js';
import type { PanelAssets } from './assets.js';
import { securedPage } from './page-html.js';

type LibraryRequest = Parameters<ApiController['resourceAction']>[0];

/** The library's pages and calls. Every call passes the gate first: resource, action, method and permission. */
export class PanelRouter {
  constructor(
    private readonly admin: AdminJS,
    private readonly assets: PanelAssets,
  ) {}

  router(): Router {
    const router = Router();
    const page = this.handler((request, response) => this.page(request, response));
    router.get(['/', '/resources/{*rest}', '/pages/{*rest}'], page);
    const call = this.handler((request, response) => this.call(request, response));
    for (const path of [
      '/api/resources/:resourceId/actions/:action{/:query}',
      '/api/resources/:resourceId/records/:recordId/:action',
    ])
      router.route(path).get(call).post(parsePanelForm, call);
    router.get(
      '/api/resources/:resourceId/search{/:query}',
      (request, _response, next) => {
        Object.assign(request.params, { action: 'search' });
        next();
      },
      call,
    );
    router.use('/api', (_request, _response, next) => next(new DomainError('request.not-found')));
    return router;
  }

  private handler(work: (request: Request, response: Response) => Promise<void>) {
    return (request: Request, response: Response, next: NextFunction): void => {
      response.setHeader('Cache-Control', 'no-store');
      work(request, response).catch(next);
    };
  }

  private async page(request: Request, response: Response): Promise<void> {
    const pages = new AppController({ admin: this.admin }, pageStaff(staffOf(request)));
    const html = await pages.index();
    const page = securedPage(html, request.cspNonce, (path) => this.assets.versionOf(path));
    response.type('html').send(page);
  }

  private async call(request: Request, response: Response): Promise<void> {
    const staff = staffOf(request);
    const { resourceId = '', action = '', recordId } = request.params as Record<string, string>;
    requireAllowed(staff, { resourceId, action, method: request.method });
    requireSure(request, resourceId);
    const admin: PanelStaff = {
      ...staff,
      requestId: request.requestId,
      address: request.ip ?? null,
      sessionId: request.sessionID,
    };
    const calls = new ApiController({ admin: this.admin }, admin as never);
    const call = {
      params: { ...request.params, resourceId, action },
      query: { ...request.query },
      payload: (request.body ?? {}) as Record<string, unknown>,
      method: request.method.toLowerCase(),
      headers: {},
    } as unknown as LibraryRequest;
    const answer =
      recordId === undefined
        ? calls.resourceAction(call, response)
        : calls.recordAction(call, response);
    response.json(inOurWords((await answer) as LibraryAnswer));
  }
}

/** What gives access or raises limits is written only by who has proven just now who they are. */
function requireSure({ method, session }: Request, resourceId: string): void {
  const asks = method === 'POST' && WITH_CONFIRMATION.some((name) => name === resourceId);
  if (asks && !isConfirmed(session.confirmedAtMs, Date.now()))
    throw new DomainError('staff.confirm-required');
}

interface LibraryAnswer {
  readonly record?: { readonly baseError?: { readonly type?: string } | null };
  readonly notice?: { readonly message: string };
}

/** The library speaks English of a record that is not there; its own key for that is translated. */
function inOurWords<Answer extends LibraryAnswer>(answer: Answer): Answer {
  const isMissing = answer.record?.baseError?.type === 'NotFoundError';
  if (!isMissing || !answer.notice) return answer;
  return { ...answer, notice: { ...answer.notice, message: 'error404Record' } };
}

function staffOf(request: Request): CurrentStaff {
  if (!request.staff) throw new DomainError('auth.refused');
  return request.staff;
}

function requireAllowed(
  staff: CurrentStaff,
  call: { readonly resourceId: string; readonly action: string; readonly method: string },
): void {
  const definition = RESOURCES.find((one) => entityName(one) === call.resourceId);
  if (!definition) throw new DomainError('request.not-found');
  const permission = permissionOf(definition, call.action);
  if (permission === undefined || !mayStaff(staff.role, permission))
    throw new DomainError('staff.forbidden');
  if (!isMethodAllowed(call.action, call.method)) throw new DomainError('request.not-found');
}
