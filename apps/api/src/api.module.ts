import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { BalanceController } from './balance/balance.controller.js';
import { ComplaintsController } from './complaints/complaints.controller.js';
import { ComplaintsService } from './complaints/complaints.service.js';
import { HomeController } from './docs/home.controller.js';
import { HealthController } from './health/health.controller.js';
import { ApiConfig } from './config.js';
import { DatabaseModule } from './http/database.module.js';
import { ProblemFilter } from './http/problem.filter.js';
import { MetricsServer } from './metrics/metrics-server.service.js';
import { OrdersModule } from './orders/orders.module.js';
import { ProductsController } from './products/products.controller.js';
import { ProductsService } from './products/products.service.js';
import { StatementsController } from './statements/statements.controller.js';
import { StatementsService } from './statements/statements.service.js';
import { NotificationsService } from './supply/notifications.service.js';
import { StatusController } from './status/status.controller.js';
import { StatusService } from './status/status.service.js';
import { SigningModule } from './signing/signing.module.js';

@Module({
  imports: [SigningModule, OrdersModule],
  controllers: [
    HomeController,
    HealthController,
    BalanceController,
    ProductsController,
    StatementsController,
    ComplaintsController,
    StatusController,
  ],
  providers: [
    ProductsService,
    StatementsService,
    ComplaintsService,
    StatusService,
    NotificationsService,
    MetricsServer,
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class ApiModule {
  static with(config: ApiConfig): DynamicModule {
    return { module: ApiModule, imports: [DatabaseModule.with(config)] };
  }
}
