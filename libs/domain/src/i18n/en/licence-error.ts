/** What went wrong with licences and the sales gate, and what to do about it. */
export const licenceError = {
  'licence.not-found': 'There is no such licence; refresh and try again.',
  'licence.not-open': 'The licence does not allow this as it stands; refresh and try again.',
  'licence.own': 'Who recorded it may not verify it: ask a colleague.',
  'licence.type-retired': 'This type is no longer issued: no new one can be recorded.',
  'licence.dates-wrong':
    'The dates are wrong: it cannot end before it begins, and each must be a day.',
  'licence.renewal-open': 'A renewal of this licence is under way.',
  'licence.renewal-not-open': 'The renewal does not allow this step now; refresh and try again.',
  'licence.document-unreadable':
    'Only PDF, PNG, JPEG and WebP files are taken, and what they hold must be what they say.',
  'licence.document-known': 'This file has been handed in before.',
  'override.revoked': 'The licence was revoked: nobody can allow the sale.',
  'override.not-blocked': 'No licence stands in the way of this product now.',
} as const;

export const licenceErrorTitle = {
  'licence.not-found': 'No such licence',
  'licence.not-open': 'Licence in another state',
  'licence.own': 'A second person must verify',
  'licence.type-retired': 'No longer issued',
  'licence.dates-wrong': 'Wrong dates',
  'licence.renewal-open': 'Renewal under way',
  'licence.renewal-not-open': 'Renewal in another step',
  'licence.document-unreadable': 'File not taken',
  'licence.document-known': 'File known',
  'override.revoked': 'Revoked',
  'override.not-blocked': 'Nothing to allow',
} as const;
