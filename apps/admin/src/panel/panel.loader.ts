import { AbstractLoader } from '@adminjs/nestjs';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type AdminJS from 'adminjs';
import { Router, type NextFunction, type Request, type Response } from 'express';
import pg from 'pg';
import { authRouter, requireSecondFactor, requireStaff } from '../auth/auth.router.js';
import { LoginThrottle } from '../auth/login-throttle.js';
import { SecondFactorService } from '../auth/second-factor.service.js';
import { setupRouter } from '../auth/setup.router.js';
import { staffSessions } from '../auth/session.js';
import { AdminConfig } from '../config.js';
import { answerProblem } from '../http/answer-problem.js';
import { parseJson } from '../http/form-body.js';
import { originCheck } from '../http/origin-check.js';
import { PanelAssets } from './assets.js';
import { PanelMount } from './panel-mount.js';
import { PanelRouter } from './panel.router.js';

/**
 * Owns everything below /admin, in this order: files, session, origin, log-in, who is it, second factor, the
 * library's pages. What is left goes on to our own controllers, which thus never see anybody unknown.
 */
@Injectable()
export class PanelLoader extends AbstractLoader {
  private readonly log = new Logger('panel');

  constructor(
    private readonly config: AdminConfig,
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly mount: PanelMount,
    private readonly throttle: LoginThrottle,
    private readonly secondFactor: SecondFactorService,
  ) {
    super();
  }

  override async register(admin: AdminJS): Promise<void> {
    const assets = await PanelAssets.read();
    const { pool, throttle, secondFactor } = this;
    const doors = { pool, throttle, secondFactor };
    const rule = this.config.secondFactor;
    const router = Router();
    router.use(assets.router());
    router.use(staffSessions(this.config, this.pool));
    router.use(originCheck(this.config.publicOrigin));
    router.use(authRouter(doors));
    router.use(requireStaff(this.pool));
    router.use(setupRouter(doors, rule));
    router.use(requireSecondFactor(rule));
    router.use(new PanelRouter(admin, assets).router());
    router.use('/command', parseJson);
    router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
      if (response.headersSent) return next(error);
      answerProblem(error, request, response, this.log);
    });
    this.mount.fill(router);
  }
}
