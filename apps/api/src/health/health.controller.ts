import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import pg from 'pg';
import { unavailable } from '../http/problem.filter.js';
import { Unsigned } from '../signing/caller.js';

const PATIENCE_MS = 2_000;

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
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable()), PATIENCE_MS);
    });
    const looked = this.pool.query('SELECT 1').catch(() => Promise.reject(unavailable()));
    await Promise.race([looked, tooLate]).finally(() => clearTimeout(timer));
    return { status: 'ready' };
  }
}
