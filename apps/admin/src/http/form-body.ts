import express, { type NextFunction, type Request, type Response } from 'express';
import { DomainError } from '#domain';
import { bytesOf } from './request-bytes.js';

const FORM_BYTES_MAX = 512 * 1024;
const JSON_BYTES_MAX = 64 * 1024;
const FORM_FIELDS_MAX = 500;

export const parseJson = express.json({ limit: JSON_BYTES_MAX, strict: true });
const LOGIN_BYTES_MAX = 4 * 1024;
const parseSmallForm = express.urlencoded({
  limit: LOGIN_BYTES_MAX,
  extended: false,
  parameterLimit: 10,
});

/** For the log-in form only; small, because nobody is known yet. The parser would read all of a large one before it refuses it. */
export function parseLoginForm(request: Request, response: Response, next: NextFunction): void {
  if (Number(request.headers['content-length'] ?? 0) > LOGIN_BYTES_MAX)
    return next(new DomainError('request.too-large'));
  parseSmallForm(request, response, next);
}

/**
 * The panel's library sends its forms as multipart. They are read in memory, after the log-in and up to a limit, and hold
 * text only: no file ever reaches a temporary folder.
 */
export function parsePanelForm(request: Request, _response: Response, next: NextFunction): void {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return next();
  readForm(request, type).then((fields) => {
    request.body = fields;
    next();
  }, next);
}

async function readForm(request: Request, type: string): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytesOf(request)) {
    size += chunk.length;
    if (size > FORM_BYTES_MAX) throw new DomainError('request.too-large');
    chunks.push(chunk);
  }
  const form = await new globalThis.Response(Buffer.concat(chunks), {
    headers: { 'Content-Type': type },
  })
    .formData()
    .catch(() => {
      throw new DomainError('request.invalid');
    });
  const entries = [...form.entries()];
  if (entries.length > FORM_FIELDS_MAX) throw new DomainError('request.too-large');
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value !== 'string') throw new DomainError('request.unsupported-type');
      return [name, value];
    }),
  );
}
