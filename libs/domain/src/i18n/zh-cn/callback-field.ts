/** Every property of callbacks and their tries. */
export const callbackField = {
  CallbackDelivery: {
    id: '内部编号',
    orderId: '订单',
    complaintId: '投诉',
    orderVersion: '订单版本',
    webhookId: '消息编号',
    url: '回调地址',
    status: '状态',
    tryCount: '已尝试次数',
    ladderStart: '本轮之前的次数',
    nextAt: '下次发送时间',
    acknowledgedAt: '确认时间',
    createdAt: '创建时间',
  },
  CallbackTry: {
    id: '内部编号',
    callbackId: '回调',
    tryNo: '第几次',
    httpStatus: 'HTTP 状态码',
    failure: '失败原因',
    durationMs: '耗时（毫秒）',
    askedBy: '触发者',
    sentAt: '发送时间',
  },
} as const;
