import { MINUTE_MS } from '#domain';
import {
  advanceForgottenLicences,
  endLapsedOrders,
  noteMessage,
  noticeExpiringLicences,
  readDueMessages,
  refreshGates,
  remindOldRules,
} from '#domain/stores';
import type { MailSettings } from '../alert/alert-sender.js';
import { sendLicenceMail } from '../licence/licence-mail.js';
import type { Sweep } from './sweep-queries.js';

/** Counts the sales gates anew, takes products off sale and puts them back, and ends orders whose right has lapsed. */
export const licencesSweep: Sweep = async (pool) => {
  const nowMs = Date.now();
  return (await refreshGates(pool, nowMs)) + (await endLapsedOrders(pool, nowMs));
};

/**
 * Takes the step of every licence whose run has not, tells of old legal rules and platforms of software that runs out, and
 * sends the messages of the day.
 */
export function licenceRemindersSweep(mail: MailSettings): Sweep {
  let dueAtMs = 0;
  return async (pool) => {
    const nowMs = Date.now();
    if (nowMs < dueAtMs) return 0;
    dueAtMs = nowMs + MINUTE_MS;
    let done =
      (await advanceForgottenLicences(pool, nowMs)) +
      (await remindOldRules(pool, nowMs)) +
      (await noticeExpiringLicences(pool, nowMs));
    for (const message of await readDueMessages(pool, nowMs)) {
      const failure = await sendLicenceMail(mail, message);
      await noteMessage(pool, { id: message.id, failure, nowMs: Date.now() });
      done += 1;
    }
    return done;
  };
}
