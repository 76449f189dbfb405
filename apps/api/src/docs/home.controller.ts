import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Unsigned } from '../signing/caller.js';

@Unsigned()
@ApiExcludeController()
@Controller()
export class HomeController {
  /** Whoever types the bare address learns where the description of the calls is. */
  @Get()
  home(): Readonly<Record<string, string>> {
    return {
      name: 'Kagong 卡供 platform API',
      docs: '/open/docs',
      openapi: '/open/openapi.json',
      health: '/health/ready',
      status: '/status',
    };
  }
}
