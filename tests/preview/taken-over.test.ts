/** Pages that a framework takes over in the browser: known as such, spoken of behind what it renders, and cut so that nothing is rendered anew. */
import { describe, expect, test } from '@jest/globals';
import { cut, partsOf } from './page-checks.ts';

const FIRST = 'The harbour lay still that morning. Nobody on the quay spoke, and nobody looked at the sea.';
const SECOND =
  'Then the boats came in, one after another, with lamps at their masts and nothing in their nets.';
const story = `<article id="story"><p>${FIRST}</p><p>${SECOND}</p></article>`;
const data = JSON.stringify({ paragraphs: [FIRST, SECOND] });

const page = ({ head = '', root = '<div>', after = '' }) =>
  `<!doctype html><html><head><title>H</title>${head}</head><body>${root}<main>${story}</main></div>${after}</body></html>`;
const previewOf = (html: string, options = {}) => {
  const { head, tail } = partsOf(cut(html, options)).preview;
  return head + tail;
};

describe('a page is taken over', () => {
  test.each([
    ['Next.js', { after: '<script>self.__next_f.push([1,"x"])</script>' }],
    ['Next.js, by its files', { head: '<script src="/_next/static/chunks/main.js" async></script>' }],
    ['Next.js, the older router', { root: '<div id="__next">' }],
    ['React', { root: '<div data-reactroot="">' }],
    ['React, by where it waits', { root: '<div><!--$-->' }],
    ['Nuxt', { root: '<div id="__nuxt">' }],
    ['Vue', { root: '<div data-server-rendered="true">' }],
    ['Svelte 5', { root: '<div><!--[-->' }],
    ['SvelteKit', { head: '<link rel="modulepreload" href="/_app/immutable/entry/start.js">' }],
    ['React Router', { after: '<script>window.__reactRouterContext = {}</script>' }],
    ['Solid', { after: '<script>_$HY = {}</script>' }],
    [
      'anything else that carries the text as data',
      { after: `<script type="application/json">${data}</script>` },
    ],
  ])('by %s', (_, parts) => {
    expect(partsOf(cut(page(parts))).takenOver).toBe(true);
  });

  test.each([
    ['nothing of the kind', {}],
    ['scripts of its own', { head: '<script src="/menu.js"></script>', after: '<script>count()</script>' }],
    ['comments of its own', { root: '<div><!-- [if IE] --><!--more-->' }],
    ['structured data', { after: `<script type="application/ld+json">{"articleBody":"${SECOND}"}</script>` }],
  ])('not with %s', (_, parts) => {
    const { takenOver, full } = partsOf(cut(page(parts)));
    expect([takenOver, full.afterRoot]).toEqual([false, undefined]);
  });

  test('never in AMP, which forbids scripts', () => {
    const amp = page({ root: '<div id="__next">' }).replace('<html>', '<html amp>');
    expect(partsOf(cut(amp)).takenOver).toBe(false);
  });
});

test('what is said of a whole article stands behind the root, before its scripts', () => {
  const after = '<script src="/_next/static/main.js"></script>';
  const { full } = partsOf(cut(page({ root: '<div id="__next">', after })));
  expect(full.tail.endsWith('</main></div>')).toBe(true);
  expect(full.afterRoot).toBe(`${after}</body></html>`);
  expect(full.head + full.body + full.tail + full.afterRoot).toBe(page({ root: '<div id="__next">', after }));
});

describe('a preview whose data were cleaned', () => {
  const scripts =
    '<script src="/_next/static/main.js" async></script><script src="/menu.js"></script><script>count()</script>';
  const head =
    '<link rel="preload" as="script" href="/_next/static/main.js"><link rel="preload" href="/font.woff2">';
  const json = `<script id="__NEXT_DATA__" type="application/json">${data}</script>`;
  const html = page({ root: '<div id="__next">', head, after: json + scripts });

  test('goes without the framework’s scripts, and with all others', () => {
    const preview = previewOf(html);
    expect(preview).not.toMatch(/_next\/static/);
    expect(preview).toMatch(/font\.woff2.*menu\.js.*count\(\)/s);
    expect(preview).not.toContain('lamps at their masts');
  });

  test('keeps them where the policy says so', () => {
    expect(previewOf(html, { hydration: 'keep' }).match(/_next\/static/g)).toHaveLength(2);
  });

  test('has no island begin from properties that aren’t there any more', () => {
    const island = (props: string) =>
      `<astro-island client="load" opts="{}" props="${props}">x</astro-island>`;
    const preview = previewOf(page({ after: island(SECOND) + island('of its own') }));
    expect(preview.match(/client="load"/g)).toHaveLength(1);
    expect(preview).toContain(island('of its own'));
  });
});

test('a preview that carries no data of the text keeps every script', () => {
  const scripts = '<script src="/_next/static/main.js"></script>';
  expect(previewOf(page({ after: scripts }))).toContain(scripts);
});

describe('a preview is loaded as a page', () => {
  test('by Turbo, where the site has it', () => {
    const control = '<meta name="turbo-visit-control" content="reload">';
    expect(
      previewOf(page({ head: '<link rel="stylesheet" href="/a.css" data-turbo-track="reload">' })),
    ).toContain(`${control}</head>`);
    expect(previewOf(page({ head: '<meta name="turbo-cache-control" content="no-cache">' }))).toContain(
      control,
    );
    expect(
      previewOf(page({ head: `${control}<meta name="turbo-root" content="/">` })).split(control),
    ).toHaveLength(2);
    expect(previewOf(page({}))).not.toContain('turbo');
  });

  test('by Astro’s router', () => {
    const enabled = '<meta name="astro-view-transitions-enabled" content="true">';
    expect(previewOf(page({ head: enabled }))).not.toContain('astro-view');
    expect(partsOf(cut(page({ head: enabled }))).full.head).toContain(enabled);
  });
});
