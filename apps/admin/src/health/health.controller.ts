import { Controller, Get, Inject } from '@nestjs/common';
import pg from 'pg';
import { DomainError } from '#domain';
import { Open } from '../auth/permission.guard.js';

const PATIENCE_MS = 2_000;

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
    let timer: NodeJS.Timeout | undefined;
    const away = (): DomainError => new DomainError('service.unavailable');
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(away()), PATIENCE_MS);
    });
    const looked = this.pool.query('SELECT 1').catch(() => Promise.reject(away()));
    await Promise.race([looked, tooLate]).finally(() => clearTimeout(timer));
    return { status: 'ready' };
  }
}
