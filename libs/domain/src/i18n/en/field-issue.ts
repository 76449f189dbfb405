export const fieldIssue = {
  unreadable: 'the request cannot be read; check its address and its content',
  'not-json': 'not valid JSON in UTF-8',
  'unknown-field': 'there is no such field',
  missing: 'this field is missing',
  'not-text': 'must be a string',
  'not-a-number': 'must be a number',
  'not-a-whole-number': 'must be a whole number',
  'not-an-object': 'must be an object',
  'too-short': 'must be at least {least} long',
  'too-long': 'must be at most {most} long',
  'too-small': 'must not be less than {least}',
  'too-large': 'must not be more than {most}',
  'control-characters': 'contains control characters (such as a line break, a tab or NUL)',
  'half-character':
    'contains half a character (a lone UTF-16 surrogate); check the encoding of the text',
  'merchant-order-no': 'must be 2 to 32 letters, digits, underscores or hyphens',
  'merchant-complaint-no': 'must be 2 to 64 letters, digits, underscores or hyphens',
  instant:
    'must be an ISO 8601 instant with its zone, not older than 30 days and not in the future',
  'unit-without-order': 'a unit needs the number of its order',
  'nothing-said': 'a message must say something',
  'product-code': 'must be 1 to 64 visible ASCII characters without blanks',
  'account-field-name':
    'the name of a field begins with a letter and has at most 40 letters, digits, underscores or hyphens',
  'decimal-amount':
    'must be a decimal amount as a string, such as "197.00", with at most four places',
  'web-address': 'not an http or https URL',
  cursor: 'not a cursor of this list',
  wrong: 'does not fit',
} as const;
