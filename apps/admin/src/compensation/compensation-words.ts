import type { CompensationRemedy, CompensationReason } from '#domain';
import { type Language, type Messages, translate } from '#domain/i18n';
import { shownAmount } from '../resource/shown-amount.js';

export type CompensationText = keyof Messages['page']['compensation'];

/** A text of the pages of compensation. */
export const say = (
  language: Language,
  name: CompensationText,
  params: Readonly<Record<string, string | number>> = {},
): string => translate(language, `page.compensation.${name}`, params);

export const unitWords = (language: Language, unitNo: number): string =>
  unitNo === 0 ? say(language, 'wholeOrder') : say(language, 'unitNo', { no: unitNo });

/** `退款 98.50 元`. */
export function giftWords(
  language: Language,
  remedy: CompensationRemedy | null,
  amountHao: number,
): string {
  if (remedy === null || amountHao === 0) return '–';
  const name = translate(language, `enum.compensationRemedy.${remedy}`);
  return say(language, 'given', { remedy: name, amount: shownAmount(amountHao) });
}

export const reasonWords = (language: Language, reasons: readonly CompensationReason[]): string =>
  reasons.map((reason) => translate(language, `enum.compensationReason.${reason}`)).join('；');

/** The values of a closed list as a person chooses among them. */
export const optionsOf = (
  values: readonly string[],
  textOf: (value: string) => string,
): { readonly value: string; readonly text: string }[] =>
  values.map((value) => ({ value, text: textOf(value) }));
