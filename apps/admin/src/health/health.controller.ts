import { Controller, Get, Inject } from '@nestjs/common';
import pg from 'pg';
import { DomainError } from '#domain';
import { databaseAnswers } from '#domain/database';
import { Open } from '../auth/permission.guard.js';

@Open()
@Controller('health')
export class HealthController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** The process answers. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** Staff can work: the database answers. Temporal may be away. */
  @Get('ready')
  async ready(): Promise<{ status: 'ready' }> {
    if (!(await databaseAnswers(this.pool))) throw new DomainError('service.unavailable');
    return { status: 'ready' };
  }
}
