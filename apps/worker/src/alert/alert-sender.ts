import { createTransport } from 'nodemailer';
import type { DueNotice } from '#domain/stores';
import { webhookHeaders, webhookKey } from '../platform/webhook-signature.js';
import type { SupplierHttp } from '../supply/supplier-http.js';
import { alertBody, alertText, robotBody } from './alert-message.js';

/** Less than the outbox leases a row for: nobody else sends the same meanwhile. */
const TIMEOUT_MS = 8_000;

export interface MailSettings {
  /** `smtp://user:password@host:port`; undefined where no mail can be sent. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
}

interface Posted {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether an answer of 2xx means that it was taken; without it, it does. */
  readonly isPleased?: (answer: string) => boolean;
}

/** Brings a notice to its channel. */
export class AlertSender {
  constructor(
    private readonly http: SupplierHttp,
    private readonly mail: MailSettings,
  ) {}

  /** Never rejects: undefined where the other side took it, otherwise why not. */
  async send(notice: DueNotice): Promise<string | undefined> {
    switch (notice.channel.kind) {
      case 'email':
        return this.sendMail(notice);
      case 'wecom':
        return this.post(notice, { body: robotBody(notice), isPleased: isRobotPleased });
      case 'webhook':
        return this.sendWebhook(notice);
    }
  }

  /** Signed as callbacks to platforms are, so that one receiver can check both. */
  private async sendWebhook(notice: DueNotice): Promise<string | undefined> {
    const { secret } = notice.channel;
    const key = secret === undefined ? undefined : webhookKey(secret);
    if (!key) return 'no signing secret is set';
    const body = alertBody(notice);
    const message = { id: `alert_${notice.id}`, sentAtMs: Date.now(), body };
    return this.post(notice, { body, headers: webhookHeaders(key, message) });
  }

  private async post({ channel }: DueNotice, said: Posted): Promise<string | undefined> {
    const headers = { 'content-type': 'application/json', ...said.headers };
    const { exchange } = await this.http.call(
      { method: 'POST', path: '', headers, body: said.body },
      { baseUrl: channel.address, isSandbox: channel.isSandbox, timeoutMs: TIMEOUT_MS },
    );
    if (exchange.result !== 'reply') return exchange.reason;
    if (exchange.status < 200 || exchange.status > 299) return `http ${exchange.status}`;
    const answer = Buffer.from(exchange.body).toString('utf8');
    return said.isPleased?.(answer) !== false ? undefined : `refused: ${answer.slice(0, 120)}`;
  }

  private async sendMail(notice: DueNotice): Promise<string | undefined> {
    const { smtpUrl, from } = this.mail;
    if (smtpUrl === undefined) return 'no mail server is set (ALERT_SMTP_URL)';
    const transport = createTransport(smtpUrl, { connectionTimeout: TIMEOUT_MS } as object);
    const text = alertText(notice);
    try {
      await transport.sendMail({
        from,
        to: notice.channel.address,
        subject: text.slice(0, 120),
        text,
      });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message.slice(0, 150) : 'mail failed';
    } finally {
      transport.close();
    }
  }
}

/** A robot answers 200 to everything and tells in the body what it thinks of it. */
function isRobotPleased(answer: string): boolean {
  try {
    return (JSON.parse(answer) as { errcode?: unknown }).errcode === 0;
  } catch {
    return false;
  }
}
