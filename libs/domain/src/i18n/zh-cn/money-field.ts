/** Fields of the books beside accounts, entries and postings. */
export const moneyField = {
  BalanceHold: {
    id: '冻结编号',
    key: '幂等键',
    platformId: '平台',
    amountHao: '金额（元）',
    status: '状态',
    reason: '原因',
    heldAt: '冻结时间',
    expiresAt: '到期时间',
    endedAt: '了结时间',
  },
  BalanceLot: {
    id: '凭证编号',
    platformId: '平台',
    kind: '来源',
    broughtHao: '入账金额（元）',
    remainingHao: '剩余（元）',
    receiptNo: '银行回单号',
    payer: '付款人',
    expiresAt: '到期时间',
    broughtAt: '入账时间',
  },
  LotUse: {
    id: '内部编号',
    postingId: '分录编号',
    entryId: '凭证',
    platformId: '平台',
    lotId: '批次（空为透支）',
    amountHao: '动用（元，负数为退回）',
    subject: '用途',
  },
  LotPosition: {
    accountId: '账户',
    settledPostingId: '已分摊至分录',
    owedHao: '透支（元）',
    spreadAt: '最近分摊时间',
  },
  LedgerPeriod: {
    id: '内部编号',
    createdAt: '创建时间',
    updatedAt: '更新时间',
    version: '版本',
    month: '会计月份',
    startsAt: '开始',
    endsAt: '结束',
    status: '状态',
    closedAt: '结账时间',
    closedBy: '结账人',
    balances: '期末余额',
  },
  LedgerSeal: {
    id: '序号',
    firstEntryId: '首张凭证',
    lastEntryId: '末张凭证',
    entryCount: '凭证数',
    hash: '哈希',
    sealedAt: '封存时间',
  },
} as const;

export const moneyEntity = {
  BalanceHold: '冻结款',
  BalanceLot: '余额批次',
  LotUse: '批次动用',
  LotPosition: '批次分摊进度',
  LedgerPeriod: '会计期间',
  LedgerSeal: '账簿封存',
} as const;

export const entryMoreFields = {
  effectiveAt: '业务发生时间',
  reversesEntryId: '冲正凭证',
  resource: '来源类型',
  recordId: '来源编号',
  recipeVersion: '记账规则版本',
} as const;
