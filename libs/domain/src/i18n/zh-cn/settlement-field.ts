/** Every property of the entities of settlement and its calendars. */
export const settlementField = {
  CalendarYear: {
    id: '内部编号',
    createdAt: '创建时间',
    updatedAt: '更新时间',
    version: '版本',
    calendarId: '日历',
    year: '年份',
    coverageUntil: '已公布至',
    source: '来源文件',
    edition: '导入版次',
    importedBy: '导入人',
  },
  CalendarDay: {
    id: '内部编号',
    calendarId: '日历',
    day: '日期',
    isWorkday: '是否上班',
    name: '名称',
    source: '来源文件',
    edition: '导入版次',
  },
} as const;

export const settlementEntity = {
  CalendarYear: '工作日历',
  CalendarDay: '节假日与调休',
} as const;
