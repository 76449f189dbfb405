import type { Pool } from 'pg';
import { mayStaff } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

/** A callback may be sent again at any time, also after its acknowledgement. */
export function callbackVerbs(
  _pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'callback.replay')) return Promise.resolve([]);
  return Promise.resolve([
    {
      name: 'replayCallback',
      path: `callbacks/${id}/replay`,
      kind: 'post',
      tone: 'plain',
      hint: 'order.replayHint',
      done: 'callbackReplayed',
    },
  ]);
}
