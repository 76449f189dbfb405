import { translate, type Language } from '../i18n/index.js';
import type { OrderStages } from '../large-order/stage-view.js';
import { toOrderView, type CardView, type OrderFacts, type OrderView } from './order-view.js';

/** The order as a platform sees it, in answers and callbacks alike. */
export function presentOrder(
  order: OrderFacts & { readonly cards: readonly CardView[]; readonly staged?: OrderStages },
  language: Language,
): OrderView {
  return toOrderView(order, order.cards, {
    isoTime: (ms) => new Date(ms).toISOString(),
    failText: (code) => translate(language, `enum.orderFailCode.${code}`),
  });
}
