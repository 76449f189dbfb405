/** An order that waits for cards, in the order it was accepted. */
export interface WaitingOrder {
  readonly id: string;
  readonly quantity: number;
}

/**
 * Which waiting orders the stock can fill whole, oldest first. One that cannot be filled is passed over and
 * keeps its place.
 */
export function fillableOrders(
  waiting: readonly WaitingOrder[],
  availableCount: number,
): { readonly filled: WaitingOrder[]; readonly leftCount: number } {
  let leftCount = availableCount;
  const filled: WaitingOrder[] = [];
  for (const order of waiting) {
    if (order.quantity > leftCount) continue;
    leftCount -= order.quantity;
    filled.push(order);
  }
  return { filled, leftCount };
}
