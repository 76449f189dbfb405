import { AdminModule as LibraryModule } from '@adminjs/nestjs';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { TemporalClientModule } from '#workflows/client';
import { AuthModule } from './auth/auth.module.js';
import { PermissionGuard } from './auth/permission.guard.js';
import type { AdminConfig } from './config.js';
import { HealthController } from './health/health.controller.js';
import { HomeController } from './health/home.controller.js';
import { DatabaseModule } from './http/database.module.js';
import { ProblemFilter } from './http/problem.filter.js';
import { MetricsServer } from './metrics/metrics-server.service.js';
import { adminOptions } from './panel/admin-options.js';
import { PanelLoader } from './panel/panel.loader.js';
import { CommandsModule } from './commands.module.js';

@Module({
  imports: [CommandsModule],
  controllers: [HealthController, HomeController],
  providers: [
    MetricsServer,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: PermissionGuard },
  ],
})
export class AdminModule {
  static with(config: AdminConfig): DynamicModule {
    return {
      module: AdminModule,
      imports: [
        DatabaseModule.with(config),
        AuthModule,
        TemporalClientModule.forRoot(config.temporal),
        LibraryModule.createAdminAsync({
          inject: [DataSource],
          customLoader: PanelLoader,
          useFactory: () => ({ adminJsOptions: adminOptions() }),
        }),
      ],
    };
  }
}
