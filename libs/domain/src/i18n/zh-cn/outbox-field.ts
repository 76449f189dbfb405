/** Every property of what is still to be done after a commit. */
export const outboxField = {
  OutboxMessage: {
    id: '内部编号',
    kind: '类型',
    subject: '对象编号',
    notBefore: '最早处理时间',
    leasedUntil: '占用至',
    tryCount: '已尝试次数',
    createdAt: '创建时间',
  },
} as const;
