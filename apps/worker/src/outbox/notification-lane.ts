import type { NotificationHandler } from '../supply/notification-handler.js';
import type { OutboxLane, OutboxTask } from './outbox-loop.js';
import { bySubject, type OutboxRow } from './outbox-rows.js';

/** Handles what suppliers told us: our own database alone, so Temporal may be away. */
export class NotificationLane implements OutboxLane {
  readonly name = 'notifications';
  readonly kinds = ['supplier-notified'] as const;
  readonly inFlightMax = 8;

  constructor(private readonly handler: NotificationHandler) {}

  isOpen(): boolean {
    return true;
  }

  plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    const tasks = [...bySubject(rows)].map(([id, group]) => ({
      rows: group,
      run: () => this.handler.handle(id),
    }));
    return Promise.resolve(tasks);
  }
}
