import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { OrderWorkflows } from './order-workflows.js';
import { LazyTemporalAccess, TemporalAccess, type TemporalAddress } from './temporal-access.js';

/** Gives a program `OrderWorkflows`, over a connection that is opened at its first use. */
@Module({})
export class TemporalClientModule implements OnApplicationShutdown {
  constructor(private readonly temporal: TemporalAccess) {}

  static forRoot(address: TemporalAddress): DynamicModule {
    return {
      module: TemporalClientModule,
      global: true,
      providers: [
        { provide: TemporalAccess, useFactory: () => new LazyTemporalAccess(address) },
        {
          provide: OrderWorkflows,
          useFactory: (temporal: TemporalAccess) => new OrderWorkflows(temporal),
          inject: [TemporalAccess],
        },
      ],
      exports: [OrderWorkflows],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.temporal.close();
  }
}
