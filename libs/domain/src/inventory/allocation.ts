/** An order that waits for cards, in the order it was accepted. */
export interface WaitingOrder {
  readonly id: string;
  readonly quantity: number;
}

/**
 * Which waiting orders the stock can fill whole, oldest first. One that cannot be filled is passed over and
 * keeps its place.
 */
export function fillableOrders<Order extends WaitingOrder>(
  waiting: readonly Order[],
  availableCount: number,
): { readonly filled: Order[]; readonly leftCount: number } {
  let leftCount = availableCount;
  const filled: Order[] = [];
  for (const order of waiting) {
    if (order.quantity > leftCount) continue;
    leftCount -= order.quantity;
    filled.push(order);
  }
  return { filled, leftCount };
}
