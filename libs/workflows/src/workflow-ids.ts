const ORDER = 'order:';
const CALLBACK = 'callback:';

/** The one run of an order, found in the Temporal UI by the order's number. */
export function orderWorkflowId(orderNo: string): string {
  return ORDER + orderNo;
}

/** The order number of a run, or undefined where the run is no order's. */
export function orderNoOfWorkflowId(workflowId: string): string | undefined {
  return workflowId.startsWith(ORDER) ? workflowId.slice(ORDER.length) : undefined;
}

/** A round of tries for one callback; `triesBefore` tells the rounds apart. */
export function callbackWorkflowId(callbackId: string, triesBefore: number): string {
  return `${CALLBACK}${callbackId}:${triesBefore}`;
}
