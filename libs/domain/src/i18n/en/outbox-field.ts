/** Every property of what is still to be done after a commit. */
export const outboxField = {
  OutboxMessage: {
    id: 'Internal id',
    kind: 'Kind',
    subject: 'Subject',
    notBefore: 'Not before',
    leasedUntil: 'Leased until',
    tryCount: 'Tries',
    createdAt: 'Created',
  },
} as const;
