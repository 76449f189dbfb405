import { Controller, Get, Redirect } from '@nestjs/common';
import { Open } from '../auth/permission.guard.js';

@Open()
@Controller()
export class HomeController {
  /** Whoever types the bare address means the panel. */
  @Get()
  @Redirect('/admin', 303)
  home(): void {}
}
