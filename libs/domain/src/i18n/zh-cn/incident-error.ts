/** What went wrong with incidents, and what to do about it. */
export const incidentError = {
  'incident.not-found': '找不到这起事件或这条更新，请刷新后重试。',
  'incident.open-already':
    '该组件已有未恢复的事件 {incidentNo}：请在它上面发布更新；确实是另一起时请选择“这是另一起事件”。',
  'incident.illegal-move': '事件当前的状态不允许这样推进，请刷新后重试。',
  'incident.unchanged': '影响程度没有变化。',
  'incident.bad-period': '时间范围不正确：结束要晚于开始，最多 92 天，且只能选择已结束的订单状态。',
  'incident.nothing-affected': '没有符合条件的订单。',
  'incident.too-many-orders': '符合条件的订单超过 {max} 单，请缩小范围分批补偿。',
  'incident.preview-changed': '受影响的订单已经变化，成本高于您看到的金额，请重新查看后再提交。',
  'incident.compensation-ended': '这批补偿已经结束。',
} as const;

export const incidentErrorTitle = {
  'incident.not-found': '事件不存在',
  'incident.open-already': '事件已登记',
  'incident.illegal-move': '状态不允许',
  'incident.unchanged': '没有变化',
  'incident.bad-period': '时间范围不正确',
  'incident.nothing-affected': '没有受影响的订单',
  'incident.too-many-orders': '订单过多',
  'incident.preview-changed': '成本已变化',
  'incident.compensation-ended': '补偿已结束',
} as const;
