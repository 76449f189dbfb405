import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { ComplaintAuthor } from './complaint-kind.js';
import { cleanText, imageTypeOf, IMAGE_BYTES_MAX, IMAGES_MAX } from './complaint-text.js';
import { DomainError } from '../shared/domain-error.js';

export interface NewMessage {
  readonly complaintId: string;
  readonly author: ComplaintAuthor;
  readonly staffEmail?: string | null;
  readonly merchantMessageNo?: string | null;
  readonly isPublic: boolean;
  readonly text: string;
  readonly images?: readonly Buffer[];
  readonly sentMs: number;
  readonly nowMs: number;
}

const WRITE = `
  INSERT INTO complaint_messages (complaint_id, author, staff_email, is_public, text, sent_at, created_at, merchant_message_no)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`;

const WRITE_IMAGE = `
  INSERT INTO complaint_images (complaint_id, message_id, sha256, media_type, byte_count, content, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;

/** Keeps a message with its pictures. Throws `complaint.image-invalid`. */
export async function writeMessage(client: PoolClient, message: NewMessage): Promise<string> {
  const { complaintId, images = [], nowMs } = message;
  const { rows } = await client.query<{ id: string }>(WRITE, [
    complaintId,
    message.author,
    message.staffEmail ?? null,
    message.isPublic,
    cleanText(message.text),
    new Date(message.sentMs),
    new Date(nowMs),
    message.merchantMessageNo ?? null,
  ]);
  const messageId = rows[0]?.id ?? '0';
  for (const { bytes, mediaType } of checkedImages(images))
    await client.query(WRITE_IMAGE, [
      complaintId,
      messageId,
      createHash('sha256').update(bytes).digest('hex'),
      mediaType,
      bytes.length,
      bytes,
      new Date(nowMs),
    ]);
  return messageId;
}

function checkedImages(images: readonly Buffer[]) {
  const invalid = (): DomainError =>
    new DomainError('complaint.image-invalid', { bytesMax: IMAGE_BYTES_MAX, countMax: IMAGES_MAX });
  if (images.length > IMAGES_MAX) throw invalid();
  return images.map((bytes) => {
    const mediaType = imageTypeOf(bytes);
    if (mediaType === undefined || bytes.length > IMAGE_BYTES_MAX) throw invalid();
    return { bytes, mediaType };
  });
}
