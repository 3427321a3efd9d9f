/** Faulty and hostile content files: each is reported with its line and left out, and the others are served. */
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readArticle } from '../../src/origin/folder/read-article.ts';
import { readSite } from '../../src/origin/folder/read-site.ts';
import { article, ask, clearFolders, folderWith, open, recordingLog } from './support.ts';

afterAll(clearFolders);

const site = readSite('', undefined).facts;
const faultsOf = (source: string, file = 'a.md') => {
  const read = readArticle(file, source, site, () => 1);
  return read.kind === 'faulty' ? read.faults.map(({ line, problem }) => `${line}: ${problem}`) : [];
};

describe('a faulty article', () => {
  test.each([
    ['no front matter', 'Just text.', '1: there is no front matter'],
    [
      'no title',
      '---\npublication: a\npublished: 2026-01-01\n---\nText',
      '1: “title” is missing or can’t be used',
    ],
    [
      'a title that is a list',
      article('x', '').replace('A title', '[a]'),
      '2: “title” is missing or can’t be used',
    ],
    ['a wrong date', article().replace('2026-05-31', '31 May'), '4: “published” is missing or can’t be used'],
    [
      'a date under another name',
      article().replace('published: 2026-05-31', 'date: soon'),
      '4: “published” is missing or can’t be used',
    ],
    ['an impossible date', article().replace('05-31', '13-45'), '4: “published” is missing or can’t be used'],
    ['an unknown level', article('x', 'access: free for all\n'), '2: “access” is missing or can’t be used'],
    ['a misspelt level key', article('x', 'acess: locked\n'), '2: “acess” isn’t known'],
    ['a key in capitals', article('x', 'Access: locked\n'), '2: “Access” isn’t known'],
    [
      'a wrong language',
      article('x', 'language: not a language\n'),
      '2: “language” is missing or can’t be used',
    ],
    ['a slug with a slash', article('x', 'slug: ../../etc\n'), '2: “slug” is missing or can’t be used'],
    ['a slug that means a form', article('x', 'slug: section\n'), '2: “slug” is missing or can’t be used'],
    ['a tag without letters', article('x', 'tags: ["!!"]\n'), '2: “tags” is missing or can’t be used'],
    [
      'an image by javascript',
      article('x', 'image: "javascript:alert(1)"\n'),
      '2: “image” is missing or can’t be used',
    ],
    [
      'an image elsewhere without a scheme',
      article('x', 'image: //evil.example/a.png\n'),
      '2: “image” is missing or can’t be used',
    ],
    ['a publication without letters', article().replace('review', '"…"'), '3: publication “…” is unknown'],
  ])('with %s is reported at its line', (_name, source, fault) => {
    expect(faultsOf(source)).toEqual([fault]);
  });

  test.each([
    ['broken YAML', '---\ntitle: "a\npublished: 2026-01-01\n---\nText'],
    ['a key given twice', '---\ntitle: a\ntitle: b\n---\nText'],
    ['a list instead of keys', '---\n- a\n- b\n---\nText'],
    [
      'aliases that multiply',
      `---\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n---\nText`,
    ],
    [
      'a key named __proto__',
      '---\n__proto__: { title: a, publication: b, published: 2026-01-01 }\n---\nText',
    ],
    ['a custom tag', '---\ntitle: !!js/function "function(){}"\n---\nText'],
  ])('with %s is left out', (_name, source) => {
    expect(faultsOf(source).length).toBeGreaterThan(0);
  });

  test('reports every fault of a file at once', () => {
    expect(faultsOf('---\nacess: open\npublished: soon\nlanguage: "!"\n---\nText').length).toBe(5);
  });

  test('whose file name gives no address is asked for a slug', () => {
    expect(faultsOf(article(), '….md')).toEqual(['1: the file’s name gives no address']);
  });

  test('of any content at all is an article or a fault, never an exception', () => {
    const front = fc.array(
      fc.tuple(
        fc.constantFrom('title', 'publication', 'published', 'tags', 'access', 'x'),
        fc.string({ maxLength: 20 }),
      ),
    );
    fc.assert(
      fc.property(front, fc.string({ unit: 'binary', maxLength: 200 }), (lines, body) => {
        const source = `---\n${lines.map(([key, value]) => `${key}: ${value}`).join('\n')}\n---\n${body}`;
        expect(['article', 'faulty']).toContain(readArticle('a.md', source, site, () => 1).kind);
      }),
    );
  });

  test('nested ten thousand deep is an article or a fault', () => {
    expect(['article', 'faulty']).toContain(
      readArticle('a.html', `<title>a</title>${'<div>'.repeat(10_000)}x`, site, () => 1).kind,
    );
    expect(['article', 'faulty']).toContain(
      readArticle('a.md', article('> '.repeat(10_000)), site, () => 1).kind,
    );
  });
});

describe('the folder', () => {
  test('serves the good articles beside the faulty ones, and tells each fault once with file, line and remedy', async () => {
    const { messages, log } = recordingLog();
    const folder = open(
      await folderWith({ 'good.md': article(), 'bad.md': article('x', 'access: paid\n') }),
      { log },
    );
    await folder.ready();
    expect((await ask(folder, '/review/good')).status).toBe(200);
    expect((await ask(folder, '/review/bad')).status).toBe(404);
    expect(messages).toEqual([
      'bad.md:2: “access” is missing or can’t be used. Write open, registered, metered or locked, or leave the line out.',
    ]);
  });

  test('keeps the first of two files with one address and reports the other', async () => {
    const { messages, log } = recordingLog();
    const folder = open(await folderWith({ 'x/a.md': article('First.'), 'y/a.md': article('Second.') }), {
      log,
    });
    expect((await ask(folder, '/review/a')).text).toContain('First.');
    expect(messages).toEqual([
      'y/a.md:1: x/a.md has the same address, /review/a. Write another slug in one of them: slug: my-article.',
    ]);
  });

  test('knows only the publications that site.yaml lists, by id or by name', async () => {
    const { messages, log } = recordingLog();
    const files = {
      'site.yaml': 'name: House\npublications: [{ id: review, name: The Review }]\n',
      'a.md': article(),
      'b.md': article().replace('review', 'The Review'),
      'c.md': article().replace('review', 'Another'),
    };
    const folder = open(await folderWith(files), { log });
    expect((await folder.ready()).articles).toBe(2);
    expect(messages).toEqual([
      'c.md:3: publication “Another” is unknown. Write one of review, or add it to site.yaml.',
    ]);
  });

  test.each([
    ['unknown keys', 'nmae: House\n', 'site.yaml:1: “nmae” can’t be used. Leave this key out.'],
    [
      'a reserved id',
      'name: A\npublications: [{ id: tag, name: T }]\n',
      'site.yaml:2: “publications.0.id” can’t be used. Write another id: art, assets, tag are taken.',
    ],
    [
      'a colour that would end the rule',
      'publications: [{ id: a, name: A, accent: { light: "red}body{display:none", dark: "#000000" } }]\n',
      'site.yaml:1: “publications.0.accent.light” can’t be used. Write a colour as "#rrggbb", in quotes.',
    ],
    [
      'a link by javascript',
      'links: [{ name: x, to: "javascript:alert(1)" }]\n',
      'site.yaml:1: “links.0.to” can’t be used. Write an address beginning with / or https://.',
    ],
  ])('goes on with defaults when site.yaml has %s', async (_name, text, message) => {
    const { messages, log } = recordingLog();
    const folder = open(await folderWith({ 'site.yaml': text, 'a.md': article() }), { log });
    expect((await ask(folder, '/review/a')).status).toBe(200);
    expect(messages).toEqual([message]);
  });

  test('shows the links of site.yaml at the top of every page', async () => {
    const folder = open(
      await folderWith({
        'site.yaml': 'links: [{ name: Subscribe, to: /-/subscribe }]\n',
        'a.md': article(),
      }),
    );
    expect((await ask(folder, '/review/a')).text).toContain('<a href="/-/subscribe">Subscribe</a>');
  });

  test('that isn’t there says so, and answers nothing', async () => {
    const folder = open('/nonexistent/gatefold');
    await expect(folder.ready()).rejects.toThrow('ENOENT');
    await expect(ask(folder, '/')).rejects.toThrow('unreachable');
  });
});
