/** Workflows and the steps that touch only our own database. */
export const BACKOFFICE = 'backoffice';

/** Calls to platforms: slow receivers wait here and hold up nothing else. */
export const PLATFORM_IO = 'platform-io';

/**
 * Calls to one supplier. Each supplier has two queues of its own: a supplier that hangs holds up nobody else, and the
 * server keeps each queue's rate. Orders are placed on the one, asked about on the other: questions never wait for a
 * long line of submissions.
 */
export const supplierQueue = (supplierCode: string, kind: 'send' | 'query'): string =>
  kind === 'send' ? `supplier:${supplierCode}` : `supplier:${supplierCode}:query`;
