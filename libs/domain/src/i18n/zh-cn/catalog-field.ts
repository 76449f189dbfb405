const master = {
  id: '内部编号',
  createdAt: '创建时间',
  updatedAt: '更新时间',
  version: '版本',
} as const;

/** Properties of products. */
export const catalogField = {
  Product: {
    ...master,
    code: '商品编码',
    name: '商品名称',
    kind: '类型',
    category: '类别（决定需要哪些资质）',
    status: '状态',
    minQuantity: '最小数量',
    maxQuantity: '最大数量',
    quantityStep: '递增数量',
    mayWait: '缺货可等待',
    waitSeconds: '最长等待（秒）',
    lowStockThreshold: '库存预警线（张）',
    runwayHoursMin: '可售时长预警（小时，0 为不预警）',
    supplyStrategy: '选源策略',
    maySellAtLoss: '允许亏本采购',
    accountFields: '充值字段',
    bannedChannels: '禁售渠道',
    licenceTermDays: '软件授权天数',
  },
} as const;
