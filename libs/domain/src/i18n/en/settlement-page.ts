/** Texts of the pages about calendars, agreements and statements. */
export const settlementPage = {
  calendar: {
    calendar: 'Calendar',
    statutory: 'Statutory working days (make-up weekends are worked)',
    bank: 'Bank days (weekends are never worked)',
    own: 'The platform’s own calendar {code}',
    notAnnounced:
      'The days off of {year} have not been imported: due dates of that year are estimates with a latest date. Import them once the State Council has announced them.',
    source: 'Announced until {until}; source: {source}; edition {edition}',
    off: 'day off',
    offMark: 'off',
    worked: 'make-up day, worked',
    workedMark: 'on',
    weekend: 'weekend',
    due: 'statements due',
    dueOn: '{count} statements due, {amount} yuan',
    month: 'Month {month}',
    weekdays: 'Mo Tu We Th Fr Sa Su',
    importHint:
      'A JSON file in the form of holiday-cn; due dates of open statements are counted anew and the change is kept.',
  },
} as const;

export const settlementAction = { importCalendar: 'Import days off' } as const;

export const settlementNotice = {
  outOfRange: 'Please enter a number from {min} to {max}',
  calendarImported: 'The days off of {year} were imported',
  calendarKnown: 'The days off of {year} have not changed',
  calendarNotAnnounced: 'The file lists no days: {year} is not announced yet. Nothing was changed.',
  notACalendar: 'There is no such calendar',
  badCalendar: 'The file is not in the right form: {fault}',
} as const;
