import { type Language, translate } from '#domain/i18n';
import type { LargePaymentSource } from '#domain';
import { shownAmount } from '../resource/shown-amount.js';

/** Of which stage an event of a large order speaks, and what was paid how. */
export function stageWords(
  language: Language,
  { stageNo, source, reference, amountHao }: Readonly<Record<string, string | number | null>>,
): string[] {
  const words: string[] = [];
  if (stageNo === 0) words.push(translate(language, 'page.largeOrder.prepayment'));
  if (typeof stageNo === 'number' && stageNo > 0)
    words.push(translate(language, 'page.largeOrder.stage', { no: String(stageNo) }));
  if (typeof source === 'string' && typeof reference === 'string')
    words.push(
      translate(language, 'page.largeOrder.paidBy', {
        amount: shownAmount(Number(amountHao ?? 0)),
        source: translate(language, `enum.largePaymentSource.${source as LargePaymentSource}`),
        reference,
      }),
    );
  return words;
}
