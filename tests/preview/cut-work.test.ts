/** Whatever a page is made of, cutting it is work by its length. */
import { describe, test } from '@jest/globals';
import { expectLinear } from '../support/counted-work.ts';
import { cut } from './page-checks.ts';

const words = (seed: number, count: number): string =>
  Array.from({ length: count }, (_, at) => ((seed * 31 + at + 1) * 2_654_435_761).toString(36)).join(' ');

const repeated = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join('');

const text = repeated(40, (at) => `<p>${words(at, 12)}</p>`);

const nested = (at: number): string => `${'{"a":'.repeat(20)}"${words(at, 2)}"${'}'.repeat(20)}`;

const bodies: Readonly<Record<string, (count: number) => { readonly head?: string; readonly body: string }>> =
  {
    paragraphs: (count) => ({ body: repeated(count, (at) => `<p>${words(at, 8)}</p>`) }),
    'formatting in the deep': (count) => ({
      body: `${'<div>'.repeat(60)}${repeated(count, (at) => `<i>${words(at, 1)}</i>`)}${'</div>'.repeat(60)}`,
    }),
    'a tag with many attributes': (count) => ({
      body: `${text}<i ${repeated(count, (at) => ` data-${at}="${words(at, 1)}"`)}>x</i>${text}`,
    }),
    'many tags with attributes': (count) => ({
      body: repeated(count, (at) => `<p id="p${at}" title="${words(at, 3)}" data-x=y>${words(at, 3)}</p>`),
    }),
    'many scripts': (count) => ({
      head: repeated(count, (at) => `<script>show("${words(at, 4)}")</script>`),
      body: text,
    }),
    'many scripts of JSON-LD': (count) => ({
      head: repeated(
        count,
        (at) => `<script type="application/ld+json">{"@type":"Person","name":"${words(at, 3)}"}</script>`,
      ),
      body: text,
    }),
    'JSON-LD of many nests': (count) => ({
      head: `<script type="application/ld+json">{"@type":"NewsArticle","about":[${repeated(count, (at) => `${at > 0 ? ',' : ''}${nested(at)}`)}]}</script>`,
      body: text,
    }),
    'hidden paragraphs': (count) => ({
      body: text + repeated(count, (at) => `<p hidden>${words(at, 6)}</p>`),
    }),
    references: (count) => ({
      body: repeated(count, (at) => `<p>caf&eacute; &amp; &#8212; ${words(at, 4)}</p>`),
    }),
  };

describe.each(Object.entries(bodies))('%s', (_, pageOf) => {
  test('are cut in work by their number', () => {
    const pages = new Map<number, string>();
    expectLinear((count) => {
      const { head = '', body } = pageOf(count);
      const page =
        pages.get(count) ??
        `<html><head>${head}</head><body><article id="story">${body}</article></body></html>`;
      pages.set(count, page);
      cut(page);
    }, 300);
  });
});
