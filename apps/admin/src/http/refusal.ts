import type { Messages } from '#domain/i18n';

/** A refusal that only the panel knows; its text is a notice. */
export class Refusal extends Error {
  constructor(
    readonly notice: keyof Messages['notice'],
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(notice);
  }
}
