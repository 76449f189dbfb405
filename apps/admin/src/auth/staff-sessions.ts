import type { QueryRunner } from 'typeorm';
import { clientOf } from '../resource/record-writer.js';
import { endSessionsOf } from './sessions.store.js';
import type { FieldValues, PanelStaff } from '../resource/resource-definition.js';

const ENDING = ['passwordHash', 'status', 'role'];

/**
 * Whoever got hold of a session loses it with the password, the role or the account it was opened with. People who change
 * their own password stay where they are.
 */
export async function endOtherSessions(
  runner: QueryRunner,
  edit: { readonly recordId: string; readonly changed: FieldValues },
  staff: PanelStaff,
): Promise<void> {
  if (!ENDING.some((name) => name in edit.changed)) return;
  const client = await clientOf(runner.manager);
  await endSessionsOf(client, edit.recordId, staff.sessionId);
}
