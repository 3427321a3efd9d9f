/** What somebody wrote stays text in a spreadsheet, however it begins. */
import { expect, test } from '@jest/globals';
import { csvRow } from '../../../src/console/shell/csv.ts';

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1+1',
  ' =1+1',
  '＝1+1',
  '＠SUM(A1)',
  '\u00a0=1',
])('%j is no formula', (text) => {
  expect(csvRow([text]).replace(/^"/, '')).toMatch(/^'/);
});

test('what is no formula stays as it is', () => {
  expect(csvRow(['a=b', 'mail@example.org', ' a', -1, 'a "b", c'])).toBe(
    'a=b,mail@example.org, a,-1,"a ""b"", c"\r\n',
  );
});
