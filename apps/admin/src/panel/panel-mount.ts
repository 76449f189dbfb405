import { Injectable } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { DomainError } from '#domain';

/**
 * The panel's place in the app. Routers of controllers are mounted before modules are initialised, but the panel must stand in
 * front of them: its place is taken before both, and filled once the panel is there.
 */
@Injectable()
export class PanelMount {
  private router: RequestHandler | undefined;

  fill(router: RequestHandler): void {
    this.router = router;
  }

  readonly handler: RequestHandler = (request, response, next) => {
    if (this.router) void this.router(request, response, next);
    else next(new DomainError('service.unavailable'));
  };
}
