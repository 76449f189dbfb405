import { createServer, type Server } from 'node:http';
import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AdminConfig } from '../config.js';
import { registry } from './admin-metrics.js';

/** Prometheus' page, on a port of its own that browsers never reach. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly server: Server;

  constructor(private readonly config: AdminConfig) {
    this.server = createServer((request, response) => {
      if (request.url !== '/metrics') return response.writeHead(404).end();
      void registry.metrics().then((page) => {
        response.writeHead(200, { 'Content-Type': registry.contentType }).end(page);
      });
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.config.metricsPort, this.config.host, resolve);
    });
  }

  onApplicationShutdown(): void {
    this.server.close();
  }
}
