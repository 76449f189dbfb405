import { Module } from '@nestjs/common';
import { AcceptanceLine } from './acceptance-line.js';
import { CallbackReleases } from './callback-releases.js';
import { FinalWaiter } from './final-waiter.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

@Module({
  controllers: [OrdersController],
  providers: [OrdersService, AcceptanceLine, FinalWaiter, CallbackReleases],
})
export class OrdersModule {}
