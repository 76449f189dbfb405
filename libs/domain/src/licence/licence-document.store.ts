import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import type { DocumentType } from './licence-kinds.js';

export const DOCUMENT_BYTES_MAX = 10 * 1024 * 1024;

/** The first bytes of each type: what a file says of itself is not believed. */
const BEGINNINGS: readonly (readonly [DocumentType, (content: Buffer) => boolean])[] = [
  ['application/pdf', (content) => content.subarray(0, 5).toString('latin1') === '%PDF-'],
  ['image/png', (content) => content.subarray(0, 8).toString('hex') === '89504e470d0a1a0a'],
  ['image/jpeg', (content) => content.subarray(0, 3).toString('hex') === 'ffd8ff'],
  [
    'image/webp',
    (content) =>
      content.subarray(0, 4).toString('latin1') === 'RIFF' &&
      content.subarray(8, 12).toString('latin1') === 'WEBP',
  ],
];

const KEEP = `
  INSERT INTO licence_documents (licence_id, name, media_type, size_bytes, sha256, content, uploaded_by, created_at)
  SELECT id, $2, $3, $4, $5, $6, $7, $8 FROM licences WHERE id = $1
  ON CONFLICT (licence_id, sha256) DO NOTHING RETURNING id`;

/** Keeps a document with its hash. Throws `licence.document-unreadable`, `licence.document-known`. */
export async function keepDocument(
  client: PoolClient,
  document: {
    readonly licenceId: string;
    readonly name: string;
    readonly content: Buffer;
    readonly actor: string;
    readonly nowMs: number;
  },
): Promise<{ readonly id: string; readonly sha256: string }> {
  const { licenceId, name, content, actor, nowMs } = document;
  const type = BEGINNINGS.find(([, isIt]) => isIt(content))?.[0];
  if (type === undefined) throw new DomainError('licence.document-unreadable');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const { rows } = await client.query<{ id: string }>(KEEP, [
    licenceId,
    name,
    type,
    content.length,
    sha256,
    content,
    actor,
    new Date(nowMs),
  ]);
  const id = rows[0]?.id;
  if (id === undefined) throw new DomainError('licence.document-known');
  return { id, sha256 };
}

export interface KeptDocument {
  readonly name: string;
  readonly mediaType: DocumentType;
  readonly sha256: string;
  readonly content: Buffer;
}

/** A document as it was handed in; undefined where there is none or what is kept is no longer what it was. */
export async function readDocumentContent(
  pool: Pool,
  id: string,
): Promise<KeptDocument | undefined> {
  const { rows } = await pool.query<KeptDocument>(
    'SELECT name, media_type AS "mediaType", sha256, content FROM licence_documents WHERE id = $1',
    [id],
  );
  const [row] = rows;
  if (!row) return undefined;
  return createHash('sha256').update(row.content).digest('hex') === row.sha256 ? row : undefined;
}
