/** What went wrong with complaints, and what to do about it. */
export const complaintError = {
  'complaint.not-found': '找不到投诉 {complaintNo}，请核对编号。',
  'complaint.number-reused':
    '平台投诉编号 {merchantComplaintNo} 已用于另一份内容不同的投诉，请换一个编号。',
  'complaint.order-unknown': '找不到要投诉的订单或卡密，请核对订单号、件号或卡号。',
  'complaint.image-invalid':
    '图片无法识别：仅支持 PNG、JPEG、WebP，单张不超过 {bytesMax} 字节，最多 {countMax} 张。',
  'complaint.nothing-offered': '还没有可确认的解决方案，请等待客服答复。',
  'complaint.ended': '投诉已结束；7 天内可重新打开，之后请提交新投诉。',
  'complaint.not-ended': '投诉尚未结束，直接留言即可。',
  'complaint.needs-lead': '调低级别需要组长权限。',
  'complaint.no-supplier': '这份投诉没有关联到货源，不能向上游投诉。',
  'upstream.not-found': '找不到这份向货源的投诉，请刷新后重试。',
  'upstream.answered': '货源已经答复，不能再登记。',
  'escalation.not-found': '找不到这条升级记录，或已有人确认。',
  'breach.not-found': '找不到这条超时记录，请刷新后重试。',
  'breach.own': '免责须由申请人以外的人批准。',
  'sla-policy.not-found': '找不到这份时限规则，请刷新后重试。',
  'sla-policy.fixed': '启用过的时限规则不能修改，请新建版本。',
  'sla-policy.too-loose': '时限规则缺少级别，或比承诺更宽松（首次回复 1 小时、解决 24 小时）。',
} as const;

export const complaintErrorTitle = {
  'complaint.not-found': '投诉不存在',
  'complaint.number-reused': '投诉编号重复',
  'complaint.order-unknown': '订单或卡密不存在',
  'complaint.image-invalid': '图片无效',
  'complaint.nothing-offered': '没有待确认的方案',
  'complaint.ended': '投诉已结束',
  'complaint.not-ended': '投诉未结束',
  'complaint.needs-lead': '需要组长权限',
  'complaint.no-supplier': '没有关联货源',
  'upstream.not-found': '向货源投诉不存在',
  'upstream.answered': '货源已答复',
  'escalation.not-found': '升级记录不存在',
  'breach.not-found': '超时记录不存在',
  'breach.own': '不能自行批准',
  'sla-policy.not-found': '时限规则不存在',
  'sla-policy.fixed': '时限规则已启用',
  'sla-policy.too-loose': '时限规则不合格',
} as const;
