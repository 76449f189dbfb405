const master = {
  id: 'Internal id',
  createdAt: 'Created',
  updatedAt: 'Updated',
  version: 'Version',
} as const;

/** Properties of products. */
export const catalogField = {
  Product: {
    ...master,
    code: 'Product code',
    name: 'Name',
    kind: 'Kind',
    category: 'Category (decides which licences it needs)',
    status: 'Status',
    minQuantity: 'Least quantity',
    maxQuantity: 'Most quantity',
    quantityStep: 'Quantity step',
    mayWait: 'May wait for stock',
    waitSeconds: 'Longest wait (s)',
    lowStockThreshold: 'Low stock below (cards)',
    runwayHoursMin: 'Alert below so many hours of stock (0: never)',
    supplyStrategy: 'Source chosen',
    maySellAtLoss: 'May be bought at a loss',
    accountFields: 'Account fields',
    bannedChannels: 'Banned channels',
    licenceTermDays: 'Runs for (days)',
  },
} as const;
