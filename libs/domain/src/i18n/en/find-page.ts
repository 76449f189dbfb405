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
  keys: 'Keys',
  key: {
    find: 'Find anything',
    save: 'Save the form',
    next: 'Next record of the list, or its next page',
    previous: 'Previous record, or previous page',
    help: 'This help',
  },
} as const;
