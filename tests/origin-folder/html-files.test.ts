/** Articles kept as HTML files: with front matter, or as whole documents that say it in their meta tags. */
import { afterAll, expect, test } from '@jest/globals';
import { ask, clearFolders, folderWith, open } from './support.ts';

afterAll(clearFolders);

const DOCUMENT = `<!doctype html>
<html lang="de"><head>
<title>Nicht dieser Titel</title>
<meta name="title" content="Ein Titel">
<meta property="og:site_name" content="review">
<meta property="article:published_time" content="2026-05-31T08:00:00+02:00">
<meta property="article:section" content="Welt">
<meta property="article:tag" content="Meer">
<meta property="article:tag" content="Arbeit">
<meta property="article:content_tier" content="free">
<meta name="description" content="Kurz.">
<meta name="author" content="Ada">
</head><body><nav>Menü</nav><article><h1>Ein Titel</h1><p>Der Text.<script>alert(1)</script></p></article></body></html>`;

test('a whole document gives its facts by its meta tags and its text by its article element', async () => {
  const folder = open(
    await folderWith({ 'a.html': DOCUMENT.replace('<title>Nicht dieser Titel</title>', '') }),
  );
  const json = JSON.parse((await ask(folder, '/review/a.json')).text);
  expect(json).toMatchObject({
    title: 'Ein Titel',
    section: 'Welt',
    authors: [{ name: 'Ada' }],
    date_published: '2026-05-31T06:00:00.000Z',
    language: 'de',
    tags: ['Meer', 'Arbeit'],
    summary: 'Kurz.',
    access: 'open',
    content_html: '<p>Der Text.</p>',
  });
});

test('the meta title goes before the title element', async () => {
  const folder = open(await folderWith({ 'a.html': DOCUMENT }));
  expect(JSON.parse((await ask(folder, '/review/a.json')).text).title).toBe('Ein Titel');
});

test('an HTML file may have front matter instead', async () => {
  const file =
    '---\ntitle: T\npublication: review\npublished: 2026-05-31\n---\n<p>One.</p><!--more--><p>Two.</p>';
  const folder = open(await folderWith({ 'a.html': file }));
  expect(JSON.parse((await ask(folder, '/review/a.json')).text).content_html).toBe(
    '<p>One.</p><!--more--><p>Two.</p>',
  );
});

test('a document without the facts is reported at the line of the tag that is wrong', async () => {
  const broken = DOCUMENT.replace('2026-05-31T08:00:00+02:00', 'yesterday');
  const { faults } = await open(await folderWith({ 'a.html': broken })).ready();
  expect(faults.map(({ file, line }) => `${file}:${line}`)).toEqual(['a.html:6']);
});
