import { createTransport } from 'nodemailer';
import type { DueMessage, MessageLine } from '#domain/stores';
import { type Language, translate } from '#domain/i18n';
import type { MailSettings } from '../alert/alert-sender.js';

const TIMEOUT_MS = 8_000;

const say = (
  language: Language,
  key: 'mailSubject' | 'mailLine' | 'mailRule' | 'mailEnd' | 'daysOver' | 'daysTo',
  params: Readonly<Record<string, string | number>> = {},
): string => translate(language, `page.licence.${key}`, params);

/** What one person is told on one day, all of it together. */
export function licenceMail(message: DueMessage): { subject: string; text: string } {
  const language: Language = message.language === 'en' ? 'en' : 'zh-CN';
  const lines = message.lines.map((line) => lineOf(language, line));
  const subject = say(language, 'mailSubject', { day: message.day, count: lines.length });
  return { subject, text: [subject, '', ...lines, '', say(language, 'mailEnd')].join('\n') };
}

function lineOf(language: Language, line: MessageLine): string {
  const { clock, name, number, targetOn, daysLeft } = line;
  if (clock === 'rule') return say(language, 'mailRule', { name });
  return say(language, 'mailLine', {
    name,
    number,
    clock: translate(language, `enum.licenceClock.${clock}`),
    date: targetOn,
    left:
      daysLeft < 0
        ? say(language, 'daysOver', { days: -daysLeft })
        : say(language, 'daysTo', { days: daysLeft }),
  });
}

/** Sends it; undefined where it was taken, null where there is no mail server, otherwise why not. */
export async function sendLicenceMail(
  { smtpUrl, from }: MailSettings,
  message: DueMessage,
): Promise<string | undefined | null> {
  if (smtpUrl === undefined) return null;
  const transport = createTransport(smtpUrl, { connectionTimeout: TIMEOUT_MS } as object);
  try {
    await transport.sendMail({ from, to: message.recipient, ...licenceMail(message) });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 150) : 'mail failed';
  } finally {
    transport.close();
  }
}
