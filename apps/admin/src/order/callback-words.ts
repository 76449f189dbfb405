import { flatMessagesOf, type Language, translate } from '#domain/i18n';

/** The word for a code that programs write, or the code itself where it has none. */
function wordOr(language: Language, key: string, code: string): string {
  return flatMessagesOf(language).get(key) ?? code;
}

/** Why a try to call a platform back failed: the sender's short code in words. */
export function failureWords(language: Language, failure: string): string {
  const status = /^http-(\d{3})$/.exec(failure)?.[1];
  if (status !== undefined) return translate(language, 'page.callback.httpFailure', { status });
  return wordOr(language, `page.callbackFailure.${failure}`, failure);
}

/** Which part of the system did something: its short name in words. */
export const actorWords = (language: Language, name: string): string =>
  wordOr(language, `page.systemPart.${name}`, name);

/** What a try was made for. */
export const askedByWords = (language: Language, askedBy: string): string =>
  wordOr(language, `page.callbackAsked.${askedBy}`, askedBy);

/** What staff did, by the code that the audit log holds. */
export const actionWords = (language: Language, action: string): string =>
  wordOr(language, `action.${action}`, action);
