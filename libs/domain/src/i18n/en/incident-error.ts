/** What went wrong with incidents, and what to do about it. */
export const incidentError = {
  'incident.not-found': 'There is no such incident or update; refresh and try again.',
  'incident.open-already':
    'Incident {incidentNo} of this component is open: tell it there, or say that this is another one.',
  'incident.illegal-move':
    'The incident cannot move there from where it is; refresh and try again.',
  'incident.unchanged': 'It is hit just so already.',
  'incident.bad-period':
    'The period must end after it begins, last 92 days at most, and name ended orders only.',
  'incident.nothing-affected': 'No order fits.',
  'incident.too-many-orders':
    'More than {max} orders fit; narrow it down and compensate in several runs.',
  'incident.preview-changed':
    'The affected orders have changed and would cost more than you saw; look at them again.',
  'incident.compensation-ended': 'This compensation has ended.',
} as const;

export const incidentErrorTitle = {
  'incident.not-found': 'No such incident',
  'incident.open-already': 'Declared already',
  'incident.illegal-move': 'Not possible now',
  'incident.unchanged': 'Nothing changed',
  'incident.bad-period': 'Not a period',
  'incident.nothing-affected': 'No affected orders',
  'incident.too-many-orders': 'Too many orders',
  'incident.preview-changed': 'The cost has changed',
  'incident.compensation-ended': 'It has ended',
} as const;
