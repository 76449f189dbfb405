/** Texts of the box that finds everything, of saved views and of filters. */
export const findPage = {
  label: '全局搜索',
  placeholder: '输入单号、编码或名称   （按 / 键）',
  nothing: '没有找到。订单号、卡号等必须输入完整。',
  from: '从',
  to: '到',
  saveView: '保存当前视图',
  viewName: '视图名称',
  share: '共享给所有人',
  sharedBy: '共享者：',
  remove: '删除',
  removeAsk: '删除这个视图？只删除视图，不影响数据。',
  clear: '清除筛选',
  exportAs: '导出',
  exportCsv: 'CSV，最多 1,000,000 行',
  exportXlsx: 'Excel，最多 100,000 行',
  exporting: '正在导出：已完成 {rows} 行，可以继续做别的事。',
  exportDone: '已导出 {rows} 行。',
  exportCut: '超过单个文件的行数上限，请用筛选缩小范围。',
  exportFailed: '导出失败，请重试，或用筛选缩小范围。',
  download: '下载',
  dark: '深色',
  light: '浅色',
  window: '筛选只查最近 {rows} 条；更早的请输入完整单号或选择日期。',
  keys: '快捷键',
  key: {
    find: '全局搜索',
    save: '保存表单',
    next: '列表中的下一条，或下一页',
    previous: '上一条，或上一页',
    help: '显示本帮助',
  },
} as const;

/** Values of exports. */
export const exportEnum = {
  exportStatus: {
    queued: '排队中',
    running: '导出中',
    done: '已完成',
    failed: '失败',
    expired: '已过期',
  },
  exportFormat: { csv: 'CSV', xlsx: 'Excel' },
} as const;

/** Texts of doing the same to many records. */
export const bulkPage = {
  selected: '已选 {count} 条',
  open: '批量处理',
  nothing: '这些记录没有可以一起做的操作。',
  would: '将逐条处理 {count} 条记录。',
  skipped: '跳过 {count} 条：目前不能这样处理。',
  confirm: '确认处理 {count} 条',
  progress: '{ended} / {total}：成功 {done}，被拒 {refused}',
  stop: '处理完当前这条后停止',
  waits: '将处理',
  notPossible: '目前不能这样处理',
} as const;

export const historyPage = { title: '操作记录' } as const;
