/** Texts of the box that finds everything, of saved views and of filters. */
export const findPage = {
  label: 'Find anything',
  placeholder: 'Find by number, code or name   ( / )',
  nothing: 'Nothing has this number or name. Numbers of orders and cards must be whole.',
  from: 'from',
  to: 'to',
  saveView: 'Save this view',
  viewName: 'Name of the view',
  share: 'for everybody',
  sharedBy: 'Shared by',
  remove: 'Remove',
  removeAsk: 'Remove this view? Nothing but the view is lost.',
  clear: 'No filters',
  exportAs: 'Export',
  exportCsv: 'CSV, up to 1,000,000 rows',
  exportXlsx: 'Excel, up to 100,000 rows',
  exporting: 'Exporting: {rows} rows so far. You may leave this page open and go on.',
  exportDone: '{rows} rows are ready.',
  exportCut: 'There were more rows than a file may have: set filters to narrow it down.',
  exportFailed: 'The export failed; try again, or narrow it down with filters.',
  download: 'Download',
  dark: 'Dark',
  light: 'Light',
  window: 'Filters look through the newest {rows} rows; a whole number or days reach further back.',
  keys: 'Keys',
  key: {
    find: 'Find anything',
    save: 'Save the form',
    next: 'Next record of the list, or its next page',
    previous: 'Previous record, or previous page',
    help: 'This help',
  },
} as const;

/** Values of exports. */
export const exportEnum = {
  exportStatus: {
    queued: 'Queued',
    running: 'Running',
    done: 'Done',
    failed: 'Failed',
    expired: 'Expired',
  },
  exportFormat: { csv: 'CSV', xlsx: 'Excel' },
} as const;

/** Texts of doing the same to many records. */
export const bulkPage = {
  selected: '{count} chosen',
  open: 'Do something to all of them',
  nothing: 'Nothing can be done to these records together.',
  would: 'It would be done to {count} records, one after the other.',
  skipped: '{count} are left out: it is not possible for them now.',
  confirm: 'Do it for {count} records',
  progress: '{ended} of {total}: {done} done, {refused} refused',
  stop: 'Stop after this one',
  waits: 'would be done',
  notPossible: 'not possible now',
} as const;

export const historyPage = { title: 'Who did what' } as const;
