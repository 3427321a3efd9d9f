import { describe, expect, test } from '@jest/globals';
import { isSameSite } from '../../src/readers/same-site.ts';
import { publicUrl } from './support.ts';

type Row = readonly [string, { origin?: string; referer?: string; secFetchSite?: string }];

const ask = ({ origin, referer, secFetchSite }: Row[1]) =>
  isSameSite({ origin, referer, secFetchSite }, [publicUrl]);

describe('a form is taken', () => {
  test.each<Row>([
    [
      'from our own page',
      { origin: publicUrl, secFetchSite: 'same-origin', referer: `${publicUrl}/-/sign-in` },
    ],
    ['from our own page in an older browser', { origin: publicUrl }],
    ['from our own page with a referrer alone', { referer: `${publicUrl}/a` }],
    ['from our own page under no-referrer', { origin: 'null', secFetchSite: 'same-origin' }],
    ['sent once more by the reader', { origin: publicUrl, secFetchSite: 'none' }],
    ['from something that is no browser', {}],
  ])('%s', (_, source) => {
    expect(ask(source)).toBe(true);
  });
});

describe('a form is refused', () => {
  test.each<Row>([
    ['from another site', { origin: 'https://evil.example', secFetchSite: 'cross-site' }],
    ['from another site that hides where it is', { secFetchSite: 'cross-site' }],
    ['from a sibling domain', { origin: 'https://blog.paper.example', secFetchSite: 'same-site' }],
    ['from another site in an older browser', { origin: 'https://evil.example' }],
    [
      'from another origin that claims our fetch site',
      { origin: 'https://evil.example', secFetchSite: 'same-origin' },
    ],
    ['from a sandboxed frame', { origin: 'null', secFetchSite: 'cross-site' }],
    ['from a sandboxed frame in an older browser', { origin: 'null' }],
    ['with a foreign referrer and no origin', { referer: 'https://evil.example/' }],
    ['with a referrer that only begins like ours', { referer: `${publicUrl}.evil.example/` }],
    ['with our address in the foreign referrer’s query', { referer: `https://evil.example/?${publicUrl}` }],
    ['with a referrer that can’t be read', { referer: 'nonsense' }],
    ['with an empty origin', { origin: '' }],
    ['from our host over http', { origin: publicUrl.replace('https', 'http') }],
    ['from another port', { origin: `${publicUrl}:8443` }],
    ['with two origins', { origin: `${publicUrl}, https://evil.example` }],
    ['with an unknown fetch site', { origin: publicUrl, secFetchSite: 'same-origin, cross-site' }],
  ])('%s', (_, source) => {
    expect(ask(source)).toBe(false);
  });
});
