import { ERROR_KIND, type ErrorCode, type ErrorKind, type ErrorParams } from '#domain';
import {
  errorText,
  errorTitle,
  fieldIssueText,
  type FieldIssue,
  type Language,
} from '#domain/i18n';

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

/** One field that is wrong, as a JSON pointer into the body. */
export interface FieldError {
  readonly pointer: string;
  readonly issue: FieldIssue;
  readonly params?: ErrorParams;
}

/** A refusal on its way out, with what HTTP adds to it. */
export class Problem extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    readonly extra: {
      readonly status?: number;
      readonly errors?: readonly FieldError[];
      readonly members?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(code);
  }

  get status(): number {
    return this.extra.status ?? STATUS_OF_KIND[ERROR_KIND[this.code]];
  }

  /** RFC 9457. */
  body(language: Language, requestId: string): Record<string, unknown> {
    return {
      type: `urn:kagong:problem:${this.code}`,
      title: errorTitle(language, this.code),
      status: this.status,
      code: this.code,
      detail: errorText(language, this.code, this.params),
      requestId,
      ...(this.extra.errors
        ? {
            errors: this.extra.errors.map(({ pointer, issue, params }) => ({
              pointer,
              detail: fieldIssueText(language, issue, params),
            })),
          }
        : {}),
      ...this.extra.members,
    };
  }
}
