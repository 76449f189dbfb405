import type { ReplenishmentStatus } from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { RelatedCell } from '../components/views.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';

/** A status with the value that decides its colour. */
export const statusCell = (language: Language, status: ReplenishmentStatus): RelatedCell => ({
  text: translate(language, `enum.replenishmentStatus.${status}`),
  tag: status,
});

export const progressOf = (
  language: Language,
  row: { readonly received_quantity: number; readonly quantity: number },
): string =>
  translate(language, 'page.stock.ofQuantity', {
    received: shownCount(row.received_quantity),
    quantity: shownCount(row.quantity),
  });

export const spentOf = (
  language: Language,
  row: { readonly paid_hao: string; readonly budget_hao: string },
): string =>
  translate(language, 'page.stock.ofBudget', {
    paid: shownAmount(Number(row.paid_hao)),
    budget: shownAmount(Number(row.budget_hao)),
  });
