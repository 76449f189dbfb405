import { csvRow } from './csv-row.js';

it.each([
  [['12', 'duplicate-in-file', 'line 3'], '12,duplicate-in-file,line 3\r\n'],
  [['=1+1', '@x', '-2', '+3'], "'=1+1,'@x,'-2,'+3\r\n"],
  [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"\r\n'],
])('a report row is text to a spreadsheet: %j', (fields, row) => {
  expect(csvRow(fields)).toBe(row);
});
