/** What went wrong with statements and agreements, and what to do about it. */
export const settlementError = {
  'statement.not-found': '找不到账单 {statementNo}，请核对账单编号。',
  'statement.not-open': '账单或争议的当前状态不允许这项操作，请刷新后重试。',
  'statement.changed': '账单的未结金额已经变化，请按最新金额重新提交。',
  'statement.reference-used': '银行流水号 {bankReference} 已登记过另一笔收款，请核对。',
  'statement.overpaid': '收款金额大于账单未结金额：请按未结金额登记，多出的部分登记为充值。',
  'statement.balance-too-low': '平台余额不足以抵扣：欠款尚未补足，请先登记充值或收款。',
  'statement.over-disputed': '金额超过账单可争议的未结金额，请核对。',
  'agreement.not-found': '找不到这份协议，请刷新后重试。',
  'agreement.not-open': '协议的当前状态不允许这项操作，或者草稿已被修改，请刷新后重试。',
  'agreement.mid-period':
    '新版本必须从结算周期的第一天开始，并晚于已出账单的日期；{validFrom} 不符合。',
} as const;

export const settlementErrorTitle = {
  'statement.not-found': '账单不存在',
  'statement.not-open': '账单状态不符',
  'statement.changed': '账单金额已变化',
  'statement.reference-used': '流水号重复',
  'statement.overpaid': '收款超额',
  'statement.balance-too-low': '余额不足',
  'statement.over-disputed': '争议金额过大',
  'agreement.not-found': '协议不存在',
  'agreement.not-open': '协议状态不符',
  'agreement.mid-period': '生效日期不对',
} as const;
