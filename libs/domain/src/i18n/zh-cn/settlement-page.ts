/** Texts of the pages about calendars, agreements and statements. */
export const settlementPage = {
  calendar: {
    calendar: '日历',
    statutory: '法定工作日（含调休上班）',
    bank: '银行工作日（周末不上班）',
    own: '平台自有日历 {code}',
    notAnnounced:
      '{year} 年的放假安排尚未导入：这一年的到期日只是估计，并给出最晚日期。国务院公布后请导入。',
    source: '已公布至 {until}，来源：{source}，第 {edition} 版',
    off: '放假',
    offMark: '休',
    worked: '调休上班',
    workedMark: '班',
    weekend: '周末',
    due: '有账单到期',
    dueOn: '{count} 张账单到期，共 {amount} 元',
    month: '{month} 月',
    weekdays: '一 二 三 四 五 六 日',
    importHint: 'holiday-cn 格式的 JSON 文件；导入后未结账单的到期日会重新计算并留下记录。',
  },
} as const;

export const settlementAction = { importCalendar: '导入放假安排' } as const;

export const settlementNotice = {
  outOfRange: '请填写 {min} 到 {max} 之间的数字',
  calendarImported: '已导入 {year} 年的放假安排',
  calendarKnown: '{year} 年的放假安排没有变化',
  calendarNotAnnounced: '文件里没有日期：{year} 年的放假安排尚未公布，没有改动。',
  notACalendar: '没有这个日历',
  badCalendar: '文件格式不对：{fault}',
} as const;
