/** What staff do about promises and about complaints at suppliers. */
export const slaPage = {
  sla: {
    copyHint: '复制本版本的全部时限为草稿，修改后再启用。',
    activateHint: '启用后新收到的投诉按此版本计时；未结投诉仍按原版本。',
    fileHint: '登记已向货源投诉。货源答复时限从现在起算，客户时限不因此暂停。',
    answerHint: '登记货源的答复，货源答复时限随即停止。',
    fileText: '向货源投诉的内容',
    fileRef: '货源投诉编号（可空）',
    answerText: '货源的答复',
  },
} as const;

export const slaAction = {
  copySlaPolicy: '复制为新版本',
  activateSlaPolicy: '启用此版本',
  fileUpstream: '登记向货源投诉',
  answerUpstream: '登记货源答复',
} as const;

export const slaNotice = {
  slaPolicyCopied: '已复制为草稿，请修改时限后启用',
  slaPolicyActivated: '已启用，新投诉按此版本计时',
  upstreamFiled: '已登记，货源答复时限开始计时',
  upstreamAnswered: '已登记货源答复',
} as const;
