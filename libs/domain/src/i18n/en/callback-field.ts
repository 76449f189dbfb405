/** Every property of callbacks and their tries. */
export const callbackField = {
  CallbackDelivery: {
    id: 'Internal id',
    orderId: 'Order',
    complaintId: 'Complaint',
    orderVersion: 'Order version',
    webhookId: 'Message id',
    url: 'Address',
    status: 'Status',
    tryCount: 'Tries',
    ladderStart: 'Tries before this round',
    nextAt: 'Next try',
    acknowledgedAt: 'Acknowledged',
    createdAt: 'Created',
  },
  CallbackTry: {
    id: 'Internal id',
    callbackId: 'Callback',
    tryNo: 'Try',
    httpStatus: 'HTTP status',
    failure: 'Failure',
    durationMs: 'Duration (ms)',
    askedBy: 'Asked by',
    sentAt: 'Sent',
  },
} as const;
