import { DomainError, ERROR_KIND, type ErrorCode, type ErrorKind } from '#domain';
import { errorText, type Language, translate } from '#domain/i18n';
import { isDatabaseAway } from '#domain/database';
import { Refusal } from './refusal.js';

const STATUS_OF_KIND: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'unsupported-type': 415,
  refused: 422,
  rate: 429,
  failed: 500,
  unavailable: 503,
};

/** What a page of ours is told when something went wrong. */
export interface ProblemBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId: string;
}

/** Turns any error into a status and a text; nothing of an unknown error is told. */
export function problemOf(
  error: unknown,
  { language, requestId }: { readonly language: Language; readonly requestId: string },
): { readonly status: number; readonly body: ProblemBody; readonly isBug: boolean } {
  if (error instanceof Refusal) {
    const message = translate(language, `notice.${error.notice}`, error.params);
    return { status: 422, body: { code: 'request.invalid', message, requestId }, isBug: false };
  }
  const known = knownError(error);
  const { code, params } = known ?? new DomainError('service.failed');
  const message = errorText(language, code, params);
  return {
    status: STATUS_OF_KIND[ERROR_KIND[code]],
    body: { code, message, requestId },
    isBug: known === undefined,
  };
}

function knownError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (isDatabaseAway(error)) return new DomainError('service.unavailable');
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return new DomainError('request.too-large');
  if (status === 404) return new DomainError('request.not-found');
  if (status === 403) return new DomainError('staff.forbidden');
  if (status === 415) return new DomainError('request.unsupported-type');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new DomainError('request.invalid');
  return undefined;
}
