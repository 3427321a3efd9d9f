/** Feeds: whole articles, in three formats, well-formed whatever the text holds. */
import { afterAll, expect, test } from '@jest/globals';
import { article, ask, clearFolders, folderWith, open, SITE_URL } from './support.ts';

afterAll(clearFolders);

const body = 'Text with <b>bold</b>, "quotes" & ]]> and ![Boat](boat.png).\n\nThe last words.';
const folder = open(
  await folderWith({
    'a.md': article(body, 'author: "A & B <c>"\ntags: ["x & y"]\nsection: World\nsummary: "<short>"\n'),
    'b.md': article('Other.').replace('review', 'second').replace('05-31', '06-01'),
  }),
);

test.each(['/feed.xml', '/atom.xml', '/review/feed.xml', '/sitemap.xml'])(
  '%s is well-formed',
  async (address) => {
    expect(openElements((await ask(folder, address)).text)).toEqual([]);
  },
);

test('RSS carries each article whole, its images with whole addresses', async () => {
  const { text } = await ask(folder, '/feed.xml');
  const content = unescaped(/<content:encoded>([^<]*boat[^<]*)<\/content:encoded>/.exec(text)?.[1] ?? '');
  expect(content).toContain(`src="${SITE_URL}/boat.png"`);
  expect(content).toContain('The last words.');
  expect(text.indexOf('/second/b')).toBeLessThan(text.indexOf('/review/a'));
});

test('Atom and JSON carry the same articles', async () => {
  const [atom, json] = await Promise.all([ask(folder, '/atom.xml'), ask(folder, '/feed.json')]);
  const feed = JSON.parse(json.text) as { version: string; items: { url: string; content_text: string }[] };
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
  expect(feed.items.map(({ url }) => url)).toEqual([`${SITE_URL}/second/b`, `${SITE_URL}/review/a`]);
  expect(feed.items[1]?.content_text).toContain('The last words.');
  expect(unescaped(atom.text)).toContain('The last words.');
});

test('a publication’s feed holds its own articles only', async () => {
  for (const address of ['/review/feed.xml', '/review/atom.xml', '/review/feed.json']) {
    const { text } = await ask(folder, address);
    expect(text).toContain('/review/a');
    expect(text).not.toContain('/second/b');
  }
});

const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_match, code) => String.fromCharCode(Number(code)));

/** Elements left open or closed out of turn, and characters that XML doesn't allow bare. */
function openElements(xml: string): string[] {
  const stack: string[] = [];
  const faults: string[] = [];
  const rest = xml
    .replace(/^<\?xml[^>]*\?>/, '')
    .replace(
      /<(\/?)([a-z:]+)((?:\s+[a-z:]+="[^"<]*")*)\s*(\/?)>/gi,
      (_tag, closing, name, _attributes, empty) => {
        if (closing === '/' && stack.pop() !== name) faults.push(name);
        if (closing === '' && empty === '') stack.push(name);
        return '';
      },
    );
  if (/[<>]|&(?!#\d+;)/.test(rest)) faults.push('bare character');
  return [...faults, ...stack];
}
