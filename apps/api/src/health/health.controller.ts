import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import pg from 'pg';
import { databaseAnswers } from '#domain/database';
import { unavailable } from '../http/problem.filter.js';
import { Unsigned } from '../signing/caller.js';

@Unsigned()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** The process answers. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Orders can be accepted: the database answers. Temporal may be away. */
  @Get('ready')
  async ready(): Promise<{ status: 'ready' }> {
    if (!(await databaseAnswers(this.pool))) throw unavailable();
    return { status: 'ready' };
  }
}
