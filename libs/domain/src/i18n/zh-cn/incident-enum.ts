/** The words for the closed lists of incidents. */
export const incidentEnumTexts = {
  incidentStatus: {
    investigating: '排查中',
    identified: '已定位',
    watching: '观察中',
    fixed: '已恢复',
    postmortem: '已复盘',
  },
  incidentSeverity: {
    critical: 'P0 重大',
    major: 'P1 严重',
    minor: 'P2 一般',
    maintenance: '计划维护',
  },
  incidentVisibility: {
    public: '公开',
    reseller: '仅平台可见',
    internal: '仅内部',
  },
  componentKind: {
    'product-line': '商品线',
    upstream: '上游渠道',
    'platform-api': '平台接口',
  },
  componentImpact: {
    maintenance: '维护中',
    degraded: '性能下降',
    'partial-outage': '部分中断',
    outage: '全部中断',
  },
  componentState: {
    operational: '正常',
    maintenance: '维护中',
    degraded: '性能下降',
    'partial-outage': '部分中断',
    outage: '全部中断',
  },
  incidentRemedy: {
    'service-days': '延长服务天数',
    credit: '补贴',
    refund: '退款',
  },
  incidentCompensationStatus: {
    running: '执行中',
    stopped: '已停止',
    done: '已完成',
  },
  incidentLineStatus: {
    pending: '待处理',
    given: '已补偿',
    skipped: '未补偿',
  },
  incidentSkipReason: {
    'nothing-left': '本单已无可赔金额',
    'nothing-delivered': '本单没有交付',
    stopped: '补偿已停止',
  },
} as const;
