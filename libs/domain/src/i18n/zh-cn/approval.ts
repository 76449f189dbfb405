import type { ApprovalKind, ApprovalStatus } from '../../staff/approval.js';

/** Texts of acts that need a second person. */
export const approvalEnumTexts = {
  approvalKind: {
    'incident-compensation': '事件批量补偿',
    'large-payment': '大额订单收款',
    'platform-top-up': '平台充值',
    replenishment: '采购备货',
    'difference-resolution': '对账差异处理',
    'platform-grant': '平台赠送',
    'platform-payout': '平台提现',
    'deposit-received': '收取保证金',
    'deposit-returned': '退还保证金',
    'deposit-used': '动用保证金',
    'manual-entry': '手工分录',
    'entry-reversal': '凭证冲正',
    'period-close': '结账',
    'credit-limit': '授信额度',
    'score-override': '人工信用评分',
    'risk-rule': '风控规则修改',
    'statement-payment': '账单收款',
    'statement-write-off': '账单坏账核销',
    'dispute-resolution': '账单争议处理',
    'settlement-agreement': '结算协议生效',
    'hold-posting': '冻结款扣除',
    'large-order-deadline': '大额订单延期',
    'gate-override': '资质临时放行',
    'breach-excuse': '投诉超时免责',
  } as const satisfies Record<ApprovalKind, string>,
  approvalStatus: {
    asked: '待审批',
    approved: '已同意',
    refused: '已拒绝',
    withdrawn: '已撤回',
    expired: '已过期',
  } as const satisfies Record<ApprovalStatus, string>,
} as const;

export const approvalField = {
  Approval: {
    id: '审批编号',
    kind: '事项',
    key: '幂等键',
    resource: '对象类型',
    recordId: '对象编号',
    payload: '内容',
    amountHao: '金额（元）',
    reason: '申请原因',
    status: '状态',
    askedBy: '申请人',
    askedAt: '申请时间',
    expiresAt: '过期时间',
    decidedBy: '处理人',
    decidedAt: '处理时间',
    decisionReason: '处理意见',
  },
  ApprovalThreshold: {
    id: '内部编号',
    createdAt: '创建时间',
    updatedAt: '更新时间',
    version: '版本',
    kind: '事项',
    aloneUpToHao: '单人可办上限（元，空为一律审批）',
    ownerAboveHao: '须负责人审批，超过（元）',
  },
} as const;

export const approvalEntity = { Approval: '审批', ApprovalThreshold: '审批额度' } as const;

export const approvalAction = {
  askApproval: '提交审批',
  approve: '同意',
  refuse: '拒绝',
  withdraw: '撤回申请',
  openApproval: '查看审批单',
} as const;

export const approvalNotice = {
  approvalAsked:
    '已提交审批：金额超过单人可办上限，或这类操作一律须审批；另一位同事同意后才会执行。',
  approvalDone: '已同意，操作已执行',
  approvalRefused: '已拒绝，没有执行任何操作',
  approvalWithdrawn: '申请已撤回',
} as const;

export const approvalPage = {
  would: '同意后会发生什么',
  asked: '申请内容',
  what: '项目',
  now: '现在',
  after: '执行后',
  content: '内容',
  record: '相关记录',
  approveHint: '同意后立即执行，与审批结果同时写入，不能撤销。',
  refuseHint: '拒绝后不执行任何操作，申请人可以看到原因。',
  withdrawHint: '撤回后这条申请作废，不执行任何操作。',
} as const;
