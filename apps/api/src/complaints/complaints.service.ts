import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { DAY_MS, MINUTE_MS } from '#domain';
import {
  CardVault,
  customerWrites,
  openComplaint,
  readComplaint,
  readComplaintImage,
  readComplaints,
  type ComplaintDetailView,
  type ComplaintView,
} from '#domain/stores';
import { Problem } from '../http/problem.js';
import type { CallerIdentity } from '../signing/caller.js';
import {
  complaintFingerprint,
  type ComplaintMessageBody,
  type CreateComplaint,
} from './complaints.dto.js';

export interface ComplaintPage {
  readonly items: readonly ComplaintView[];
  readonly nextCursor: string | null;
}

/** A platform's clock may be a little ahead; what is older than this was never received by its channel. */
const AHEAD_MAX_MS = 5 * MINUTE_MS;
const AGE_MAX_MS = 30 * DAY_MS;
const LAST_ID = '9223372036854775807';

@Injectable()
export class ComplaintsService {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly vault: CardVault,
  ) {}

  /** Throws `complaint.number-reused`, `complaint.order-unknown`, `complaint.image-invalid`. */
  async open(
    caller: CallerIdentity,
    body: CreateComplaint,
  ): Promise<{ readonly isNew: boolean; readonly view: ComplaintDetailView }> {
    const nowMs = Date.now();
    if (body.unitNo !== undefined && body.merchantOrderNo === undefined)
      throw wrong('unitNo', 'unit-without-order');
    const { merchantOrderNo, unitNo, cardNo, images } = body;
    const opened = await openComplaint(this.pool, {
      source: 'platform-api',
      platformId: caller.platform.id,
      merchantComplaintNo: body.merchantComplaintNo,
      fingerprint: complaintFingerprint(body),
      category: body.category,
      subject: {
        merchantOrderNo,
        unitNo,
        cardFingerprint: cardNo === undefined ? undefined : this.vault.fingerprint({ cardNo }),
      },
      text: body.text,
      images: images?.map(bytesOf),
      customerNo: body.customerNo,
      contact: body.contact,
      receivedMs: pastInstant('occurredAt', body.occurredAt, nowMs),
      deadlineMs: body.deadlineAt === undefined ? null : Date.parse(body.deadlineAt),
      callbackUrl: body.callbackUrl,
      nowMs,
    });
    return { isNew: opened.isNew, view: await this.viewOf(opened.complaintId) };
  }

  /** The newest first. */
  async list(
    platformId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<ComplaintPage> {
    const beforeId = cursor === undefined ? LAST_ID : idOfCursor(cursor);
    const found = await readComplaints(this.pool, platformId, { beforeId, limit: limit + 1 });
    const last = found[limit - 1];
    return {
      items: found.slice(0, limit).map(({ id: _, ...view }) => view),
      nextCursor:
        found.length > limit && last ? Buffer.from(last.id, 'utf8').toString('base64url') : null,
    };
  }

  /** Throws `complaint.not-found`, also for what belongs to another platform. */
  async find(
    platformId: string,
    complaintNo: string,
  ): Promise<{ readonly id: string; readonly view: ComplaintDetailView }> {
    const found = await readComplaint(this.pool, { platformId, complaintNo });
    if (!found) throw new Problem('complaint.not-found', { complaintNo });
    return found;
  }

  /** Answers with the complaint that took the message: a new one where the old had ended too long ago. */
  async write(
    platformId: string,
    complaintNo: string,
    body: ComplaintMessageBody,
  ): Promise<ComplaintDetailView> {
    const nowMs = Date.now();
    const { text = '', images = [], action } = body;
    if (action === 'message' && text.trim() === '' && images.length === 0)
      throw wrong('text', 'nothing-said');
    const sentMs = pastInstant('sentAt', body.sentAt, nowMs);
    const { id } = await this.find(platformId, complaintNo);
    const written = await customerWrites(this.pool, {
      complaintId: id,
      act: action,
      text,
      images: images.map(bytesOf),
      merchantMessageNo: body.merchantMessageNo ?? null,
      sentMs,
      nowMs,
    });
    return this.viewOf(written.complaintId);
  }

  /** Throws `complaint.not-found`. */
  async image(
    platformId: string,
    complaintNo: string,
    imageNo: string,
  ): Promise<{ readonly mediaType: string; readonly content: Buffer }> {
    const { id } = await this.find(platformId, complaintNo);
    const image = /^\d{1,18}$/.test(imageNo)
      ? await readComplaintImage(this.pool, {
          complaintId: id,
          imageId: imageNo,
          withInternal: false,
        })
      : undefined;
    if (!image) throw new Problem('complaint.not-found', { complaintNo });
    return image;
  }

  private async viewOf(complaintId: string): Promise<ComplaintDetailView> {
    const found = await readComplaint(this.pool, { complaintId });
    if (!found) throw new Problem('complaint.not-found', { complaintNo: complaintId });
    return found.view;
  }
}

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');

const wrong = (field: string, issue: 'unit-without-order' | 'nothing-said' | 'instant'): Problem =>
  new Problem('request.invalid', {}, { errors: [{ pointer: `#/${field}`, issue }] });

/** When the channel had it; never in the future. */
function pastInstant(field: string, text: string | undefined, nowMs: number): number {
  if (text === undefined) return nowMs;
  const atMs = Date.parse(text);
  if (atMs > nowMs + AHEAD_MAX_MS || atMs < nowMs - AGE_MAX_MS) throw wrong(field, 'instant');
  return Math.min(atMs, nowMs);
}

/** A cursor tells where the page before it ended; anything else was not given out by us. */
function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^\d{1,18}$/.test(id))
    throw new Problem(
      'request.invalid',
      {},
      { errors: [{ pointer: '#query/cursor', issue: 'cursor' }] },
    );
  return id;
}
