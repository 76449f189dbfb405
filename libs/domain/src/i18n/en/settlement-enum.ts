/** Values of settlement and its calendars. */
export const settlementEnumTexts = {
  termKind: { T: 'T (working days)', D: 'D (calendar days)' },
  rollRule: {
    none: 'stays where it is',
    following: 'next working day',
    'modified-following': 'next working day, within the month',
  },
  commonCalendar: { statutory: 'Statutory', bank: 'Bank' },
} as const;
