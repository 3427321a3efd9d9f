/** A fetch ahead of time is known by every announcement that browsers and frameworks make. */
import { describe, expect, test } from '@jest/globals';
import { purposeOf } from '../../src/gate/purpose.ts';

describe('a GET', () => {
  test.each([
    ['Chromium', { 'sec-purpose': 'prefetch' }],
    ['Chromium, prerendering', { 'sec-purpose': 'prefetch;prerender' }],
    ['Safari', { 'sec-purpose': 'preview' }],
    ['Firefox', { 'x-moz': 'prefetch' }],
    ['older browsers', { purpose: 'prefetch' }],
    ['old Safari', { 'x-purpose': 'preview' }],
    ['Turbo', { 'x-sec-purpose': 'prefetch' }],
    ['Next.js', { 'next-router-prefetch': '1' }],
    ['Next.js, by parts of a page', { 'next-router-segment-prefetch': '/_tree' }],
    ['htmx', { 'hx-preloaded': 'true' }],
    ['two of them, the second speaking', { 'sec-purpose': 'other', 'x-moz': 'prefetch' }],
  ])('that %s announces is a look ahead', (_, headers) => {
    expect(purposeOf('GET', headers)).toBe('prefetch');
    expect(purposeOf('HEAD', headers)).toBe('prefetch');
  });

  test.each([{}, { 'sec-purpose': '' }, { 'next-router-prefetch': '0' }, { rsc: '1' }])(
    'of %j is a read',
    (headers) => {
      expect(purposeOf('GET', headers)).toBe('read');
    },
  );
});

test('HEAD is no read, and a form’s answer shows what is seen already', () => {
  expect([purposeOf('HEAD', {}), purposeOf('POST', {})]).toEqual(['head', 'prefetch']);
});
