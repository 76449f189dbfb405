import { shanghaiDate } from '../shared/business-time.js';

/** `YYYYMMDD` in Shanghai and the order's id, at least six digits: unique because the id is. */
export function orderNoOf(orderId: string, createdAtMs: number): string {
  return shanghaiDate(createdAtMs).replaceAll('-', '') + orderId.padStart(6, '0');
}
