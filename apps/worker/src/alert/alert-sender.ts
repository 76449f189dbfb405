import { createTransport } from 'nodemailer';
import type { DueNotice } from '#domain/stores';
import type { SupplierHttp } from '../supply/supplier-http.js';
import { alertBody, alertText, robotBody } from './alert-message.js';

/** Less than the outbox leases a row for: nobody else sends the same meanwhile. */
const TIMEOUT_MS = 8_000;

export interface MailSettings {
  /** `smtp://user:password@host:port`; undefined where no mail can be sent. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
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
        return this.post(notice, robotBody(notice), isRobotPleased);
      case 'webhook':
        return this.post(notice, alertBody(notice), () => true);
    }
  }

  private async post(
    { channel }: DueNotice,
    body: string,
    isPleased: (answer: string) => boolean,
  ): Promise<string | undefined> {
    const { exchange } = await this.http.call(
      { method: 'POST', path: '', headers: { 'content-type': 'application/json' }, body },
      { baseUrl: channel.address, isSandbox: channel.isSandbox, timeoutMs: TIMEOUT_MS },
    );
    if (exchange.result !== 'reply') return exchange.reason;
    if (exchange.status < 200 || exchange.status > 299) return `http ${exchange.status}`;
    const answer = Buffer.from(exchange.body).toString('utf8');
    return isPleased(answer) ? undefined : `refused: ${answer.slice(0, 120)}`;
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
