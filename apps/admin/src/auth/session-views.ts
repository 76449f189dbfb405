import type { SessionView } from '../components/account-views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { deviceName } from './device.js';
import { type OpenSession, sessionKey } from './sessions.store.js';

/** Sessions as the account page lists them; the one that asks stands first. */
export function sessionViews(sessions: readonly OpenSession[], reader: PanelStaff): SessionView[] {
  const own = sessionKey(reader.sessionId);
  return sessions
    .map((one) => ({
      key: one.key,
      name: one.staffName,
      email: one.staffEmail,
      device: deviceName(one.agent),
      address: one.address || '—',
      loginAt: shanghaiTime(new Date(one.loginAtMs)),
      lastSeenAt: shanghaiTime(new Date(one.lastSeenMs)),
      isThis: one.key === own,
    }))
    .sort((one, other) => Number(other.isThis) - Number(one.isThis));
}
