import type { Pool } from 'pg';
import { noteNotice, readNotice, type MasterKeys } from '#domain/stores';
import type { AlertSender } from '../alert/alert-sender.js';
import type { OutboxLane, OutboxTask, TaskEnd } from './outbox-loop.js';
import type { OutboxRow } from './outbox-rows.js';

export interface AlertLaneParts {
  readonly pool: Pool;
  readonly masterKeys: MasterKeys;
  readonly sender: AlertSender;
}

/** Sends notices of alerts: our own database and the channel alone, so Temporal may be away. */
export class AlertLane implements OutboxLane {
  readonly name = 'alerts';
  readonly kinds = ['send-alert'] as const;
  readonly inFlightMax = 4;

  constructor(private readonly parts: AlertLaneParts) {}

  isOpen(): boolean {
    return true;
  }

  plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]> {
    return Promise.resolve(rows.map((row) => ({ rows: [row], run: () => this.send(row.subject) })));
  }

  private async send(id: string): Promise<TaskEnd> {
    const { pool, masterKeys, sender } = this.parts;
    const notice = await readNotice(pool, masterKeys, id);
    if (!notice) return;
    const afterMs = await noteNotice(pool, notice, await sender.send(notice));
    if (afterMs !== undefined) return { afterMs };
  }
}
