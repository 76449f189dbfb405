/** Every property of the entities of settlement and its calendars. */
export const settlementField = {
  CalendarYear: {
    id: 'Id',
    createdAt: 'Created',
    updatedAt: 'Updated',
    version: 'Version',
    calendarId: 'Calendar',
    year: 'Year',
    coverageUntil: 'Announced until',
    source: 'Source document',
    edition: 'Edition',
    importedBy: 'Imported by',
  },
  CalendarDay: {
    id: 'Id',
    calendarId: 'Calendar',
    day: 'Day',
    isWorkday: 'Worked',
    name: 'Name',
    source: 'Source document',
    edition: 'Edition',
  },
} as const;

export const settlementEntity = {
  CalendarYear: 'Working-day calendar',
  CalendarDay: 'Holidays and make-up days',
} as const;
