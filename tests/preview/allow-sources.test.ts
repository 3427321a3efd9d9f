/** Content-Security-Policies of a site, as a header or in the page: Gatefold's styles pass, and nothing else does. */
import { describe, expect, test } from '@jest/globals';
import { allowSources } from '../../src/preview/allow-sources.ts';
import { cut, partsOf, sentBytes } from './page-checks.ts';

const own = "'sha256-own'";

describe('a policy', () => {
  test.each([
    ["style-src 'self'", `style-src 'self' ${own}`],
    ["style-src 'none'; img-src *", `style-src ${own}; img-src *`],
    ["default-src 'self'", `default-src 'self'; style-src 'self' ${own}`],
    ["default-src 'none'; style-src https:", `default-src 'none'; style-src https: ${own}`],
    ["style-src 'self'; style-src-elem 'self'", `style-src 'self'; style-src-elem 'self' ${own}`],
    ["STYLE-SRC 'self'", `STYLE-SRC 'self' ${own}`],
    ["style-src\n\t'self'\n\thttps://a.example", `style-src 'self' https://a.example ${own}`],
    ["style-src 'nonce-abc' 'unsafe-inline'", `style-src 'nonce-abc' 'unsafe-inline' ${own}`],
    [
      "style-src 'self', default-src 'self'",
      `style-src 'self' ${own},default-src 'self'; style-src 'self' ${own}`,
    ],
  ])('%j opens to the styles alone', (policy, opened) => {
    expect(allowSources(policy, { styles: own })).toBe(opened);
  });

  test.each(['', "script-src 'self'", "style-src 'unsafe-inline'", "default-src 'self' 'unsafe-inline'"])(
    '%j forbids them nothing, and stays as it is',
    (policy) => {
      expect(allowSources(policy, { styles: own })).toBe(policy);
    },
  );
});

describe('a policy of a page that a framework takes over', () => {
  const both = { styles: own, scripts: "'sha256-script'" };

  test.each([
    ["script-src 'self'", "script-src 'self' 'sha256-script'"],
    ["script-src 'nonce-abc' 'strict-dynamic'", "script-src 'nonce-abc' 'strict-dynamic' 'sha256-script'"],
    ["script-src-elem 'self'; script-src *", "script-src-elem 'self' 'sha256-script'; script-src *"],
    ["default-src 'self'", `default-src 'self'; script-src 'self' 'sha256-script'; style-src 'self' ${own}`],
  ])('%j opens to the one script, too', (policy, opened) => {
    expect(allowSources(policy, both)).toBe(opened);
  });

  test.each(["script-src 'unsafe-inline'", "script-src 'none'", 'img-src *'])(
    '%j needs no opening, and stays as it is',
    (policy) => {
      expect(allowSources(policy, both)).toBe(policy);
    },
  );
});

describe('a policy in the page', () => {
  const story = '<p>Words of a story that goes on for longer than what is shown of it.</p>';
  const page = (head: string, attributes = '') =>
    `<!doctype html><html${attributes}><head>${head}<title>T</title></head><body><div id=story>${story}</div></body></html>`;
  const csp = `<meta http-equiv="Content-Security-Policy" content="style-src 'self'">`;
  const opened = `<meta http-equiv="Content-Security-Policy" content="style-src 'self' ${own}">`;

  test('is opened in a preview', () => {
    expect(sentBytes(cut(page(csp)))).toContain(opened);
  });

  test('is opened in a whole page only where something of Gatefold’s stands in it', () => {
    const { full } = partsOf(cut(page(csp)));
    expect(full.head).toContain(csp);
    expect(full.headAllowingStyle).toBe(full.head.replace(csp, opened));
    expect(partsOf(cut(page(''))).full).not.toHaveProperty('headAllowingStyle');
  });

  test.each([
    [`<meta content=style-src http-equiv=content-security-policy>`, `content="style-src ${own}"`],
    [
      `<META HTTP-EQUIV='CONTENT-SECURITY-POLICY' CONTENT='style-src "a"'>`,
      `content="style-src &quot;a&quot; ${own}"`,
    ],
    [
      `<meta http-equiv=Content-Security-Policy content="style-src https://a.example/?b&amp;c">`,
      `content="style-src https://a.example/?b&amp;c ${own}"`,
    ],
  ])('is read however it is written: %s', (written, expected) => {
    expect(sentBytes(cut(page(written)))).toContain(expected);
  });

  test('each of several is opened', () => {
    expect(sentBytes(cut(page(csp + csp))).split(opened)).toHaveLength(3);
  });

  test.each([
    ['in a comment', `<!-- ${csp} -->`],
    ['in a template', `<template>${csp}</template>`],
    ['in a script', `<script>const text = '${csp}'</script>`],
    ['for something else', `<meta http-equiv="x-ua-compatible" content="style-src 'self'">`],
    ['by name', `<meta name="content-security-policy" content="style-src 'self'">`],
    ['without content', `<meta http-equiv="content-security-policy">`],
  ])('what no browser takes for one stays as it is: %s', (_, head) => {
    expect(sentBytes(cut(page(head)))).toContain(head);
  });

  test('stays as it is on AMP pages, which get no style of ours', () => {
    expect(sentBytes(cut(page(csp, ' amp')))).toContain(csp);
  });

  test('that quotes the withheld text loses it before it is opened', () => {
    const long =
      'The pilots of the outer bank went out at four in the morning and came back with nothing at all.';
    const quoting = `<meta http-equiv="Content-Security-Policy" content="style-src ${long}">`;
    const sent = sentBytes(cut(page(quoting).replace(story, `<p>Words of a story. ${long} ${long}</p>`)));
    expect(sent).not.toContain('came back with nothing');
  });
});
