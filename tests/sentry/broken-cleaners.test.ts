/** Were a cleaner broken, the check of the guarantee would find it; and while it reads again what it made, nothing leaks even then. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ArticleId } from '../../src/article/article.ts';
import type { FindWithheld } from '../../src/sentry/withheld.ts';
import { projectRoot } from '../support/gatefold-process.ts';
import { finderFor, known, linkTo, runsLeft } from './runs-left.ts';
import { type CarrierName, carriers, disguises, type WrittenArticle, written } from './written-articles.ts';

type Clean = (text: string, find: FindWithheld, linkTo: (article: ArticleId) => string) => string | undefined;

/** In a cleaner's source, as it stands there. */
type Replacement = readonly [from: string, to: string];

interface Broken {
  readonly file: string;
  readonly name: string;
  readonly carriers: readonly CarrierName[];
  /** What it doesn't do any more. */
  readonly breaks: Readonly<Record<string, Replacement>>;
  /** That it doesn't look at what it made. */
  readonly blind: readonly Replacement[];
}

const cleaners: readonly Broken[] = [
  {
    file: 'clean-html.ts',
    name: 'cleanHtml',
    carriers: ['a listing', 'hidden in a listing', 'attributes of a listing', 'data in a listing'],
    breaks: {
      'leaves texts': ['...textEdits(page.source, gone, linkTo),', ''],
      'leaves attributes': ['...page.tokens.flatMap((token) => markupEdits(page, token, touches)),', ''],
      'leaves scripts and hidden parts': ['...heldEdits(page, touches, find),', ''],
    },
    blind: [['return find(cleaned).length === 0 ? cleaned : undefined;', 'return cleaned;']],
  },
  {
    file: 'clean-json.ts',
    name: 'cleanJson',
    carriers: ['a list of JSON', 'JSON within JSON', 'lines of JSON', 'JSONP'],
    breaks: {
      'leaves strings whole': ['JSON.stringify(shortened(value, find))', 'JSON.stringify(value)'],
      'goes no further than the first passage': ['of passages) {', 'of passages.slice(0, 1)) {'],
    },
    blind: [['if (once === undefined || find(once).length === 0) return once;', 'return once;']],
  },
  {
    file: 'clean-xml.ts',
    name: 'cleanXml',
    carriers: ['a feed', 'sections of XML'],
    breaks: {
      'leaves texts whole': ['xmlEscaped(shortened(value, find))', 'xmlEscaped(value)'],
      'sees no passage': [
        'const touches = touchesOf(find(source));\n  const edits: Edit[] = [];\n  for (let at = source.startsWith',
        'const touches = touchesOf([]);\n  const edits: Edit[] = [];\n  for (let at = source.startsWith',
      ],
    },
    blind: [['return find(once).length === 0 ? once : emptied(once, find);', 'return once;']],
  },
  {
    file: 'clean-text.ts',
    name: 'cleanText',
    carriers: ['Markdown'],
    breaks: {
      'leaves paragraphs whole': ['shortened(source.slice(start, end), find)', 'source.slice(start, end)'],
      'goes no further than the first passage': ['of passages) {', 'of passages.slice(0, 1)) {'],
    },
    blind: [['return find(cleaned).length === 0 ? cleaned : undefined;', 'return cleaned;']],
  },
];

const folder = mkdtempSync(join(tmpdir(), 'gatefold-broken-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const brokenCleaner = async (
  { file, name }: Broken,
  replacements: readonly Replacement[],
): Promise<Clean> => {
  const sources = join(projectRoot, 'src/sentry');
  let text = readFileSync(join(sources, 'cleaning', file), 'utf8');
  for (const [from, to] of replacements) {
    // A cleaner that reads otherwise now needs another mutation here.
    expect(text).toContain(from);
    text = text.replace(from, () => to);
  }
  const absolute = text
    .replaceAll("from './", `from '${sources}/cleaning/`)
    .replaceAll("from '../../", `from '${join(projectRoot, 'src')}/`)
    .replaceAll("from '../", `from '${sources}/`);
  made += 1;
  const path = join(folder, `broken-${made}.ts`);
  writeFileSync(path, absolute);
  const module = (await import(path)) as Record<string, (...args: unknown[]) => string | undefined>;
  const clean = module[name];
  if (!clean) throw new Error(`${file} exports no ${name}.`);
  return name === 'cleanHtml'
    ? (source, find, link) => clean(source, { find, linkTo: link })
    : (source, find) => clean(source, find);
};

interface Situation {
  readonly articles: readonly [WrittenArticle, WrittenArticle];
  readonly carrier: CarrierName;
}

const situations = (names: readonly CarrierName[]): readonly Situation[] =>
  fc.sample(
    fc.record({
      articles: fc.tuple(written('/news/one'), written('/news/two')),
      carrier: fc.constantFrom(...names),
    }),
    80,
  );

const leaksOf = (clean: Clean, { articles, carrier }: Situation): boolean => {
  const find = finderFor(known(articles), new Set());
  const answer = carriers[carrier].write(articles.map((each) => disguises.markup(each)));
  if (find(answer).length === 0) return false;
  const sent = clean(answer, find, linkTo);
  return sent !== undefined && articles.some((each) => runsLeft(sent, each).length > 0);
};

describe.each(cleaners)('a $name', (cleaner) => {
  const { breaks, blind } = cleaner;

  test.each(Object.keys(breaks))('that %s, and doesn’t look at what it made, is found out', async (what) => {
    const clean = await brokenCleaner(cleaner, [breaks[what] as Replacement, ...blind]);
    expect(situations(cleaner.carriers).some((each) => leaksOf(clean, each))).toBe(true);
  });

  test.each(Object.keys(breaks))('that %s lets nothing through, since it looks again', async (what) => {
    const clean = await brokenCleaner(cleaner, [breaks[what] as Replacement]);
    expect(situations(cleaner.carriers).filter((each) => leaksOf(clean, each))).toEqual([]);
  });
});
