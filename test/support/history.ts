import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { temporal } from '@temporalio/proto';
import { Worker, type WorkflowBundle } from '@temporalio/worker';

const FOLDER = path.resolve(import.meta.dirname, '../replay');

/** A history as `temporal workflow show --output json` writes it. */
export interface HistoryJson {
  events: { eventType: string; [attributes: string]: unknown }[];
}

/** Reads a recorded history of `test/replay`. */
export async function readHistory(name: string): Promise<HistoryJson> {
  return JSON.parse(await readFile(path.join(FOLDER, `${name}.json`), 'utf8')) as HistoryJson;
}

/** Runs the code of today over a history of yesterday; throws where they differ. No server is needed. */
export async function replay(bundle: WorkflowBundle, history: HistoryJson): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: bundle }, history, 'order:20261124000001');
}

/** The names of the events, in their order, without the prefix they share. */
export function eventNames(history: temporal.api.history.v1.IHistory): string[] {
  return (history.events ?? []).map((event) => {
    const key = Object.keys(event).find(
      (name) => name.endsWith('EventAttributes') && event[name as keyof typeof event] !== null,
    );
    return (key ?? '').replace('EventAttributes', '');
  });
}
