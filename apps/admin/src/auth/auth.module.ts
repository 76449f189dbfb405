import { Global, Module } from '@nestjs/common';
import pg from 'pg';
import { AccountController } from './account.controller.js';
import { LoginThrottle } from './login-throttle.js';
import { SecondFactorService } from './second-factor.service.js';
import { StaffAccessController } from './staff-access.controller.js';

/** Log-in, second factor, confirmation and sessions. */
@Global()
@Module({
  controllers: [AccountController, StaffAccessController],
  providers: [
    SecondFactorService,
    {
      provide: LoginThrottle,
      inject: [pg.Pool],
      useFactory: (pool: pg.Pool) => LoginThrottle.open(pool),
    },
  ],
  exports: [LoginThrottle, SecondFactorService],
})
export class AuthModule {}
