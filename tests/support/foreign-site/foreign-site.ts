/** A site that knows nothing of Gatefold, made by three kinds of software at once, with every other form that each leaves about. */
import MarkdownIt from 'markdown-it';
import type { SourceArticle } from '../canaries.ts';
import { hugoFiles } from './hugo-pages.ts';
import { madeUpProse } from './made-up-prose.ts';
import { nextFiles } from './next-pages.ts';
import { oddFiles } from './odd-pages.ts';
import { wordPressFiles } from './wordpress-pages.ts';

export interface ForeignArticle extends SourceArticle {
  readonly slug: string;
  readonly summary: string;
  readonly author: string;
  readonly publishedAt: string;
  /** The body as HTML. */
  readonly html: string;
}

export interface ForeignSite {
  readonly articles: readonly ForeignArticle[];
  readonly files: ReadonlyMap<string, string>;
  /** The publisher's rules for it. */
  readonly policy: string;
}

export const previewCharacters = 900;

/** @param site the public address, which a static site has written into its pages. */
export const makeForeignSite = (site: string): ForeignSite => {
  const wordPress = [
    'low-water',
    'the-night-clerk',
    'salt-roads',
    'a-bell-for-fenwick',
    'the-open-door',
    'reserved',
  ].map((slug, index) =>
    article({
      slug,
      path: `/2026/05/${slug}/`,
      key: index + 1,
      ...(slug === 'the-open-door' ? { open: true } : {}),
    }),
  );
  const hugo = ['counting-barley', 'weather-by-hand', 'the-ninth-arch', 'a-ledger'].map((slug, index) =>
    article({ slug, path: `/posts/${slug}/`, key: index + 11 }),
  );
  const next = ['the-long-survey', 'quayside', 'brass-keys', 'two-radios'].map((slug, index) =>
    article({ slug, path: `/stories/${slug}`, key: index + 21, characters: index === 0 ? 200_000 : 6_000 }),
  );
  const scroll = article({ slug: 'scroll', path: '/special/scroll/', key: 31, givenAway: 0 });
  const tale = article({ slug: 'tale', path: '/special/tale/', key: 32 });
  const articles = [...wordPress, ...hugo, ...next, scroll, tale];
  const files = new Map([
    ...wordPressFiles(site, wordPress),
    ...hugoFiles(site, hugo),
    ...nextFiles(site, next),
    ...oddFiles(site, { scroll, tale, articles }),
  ]);
  return { articles, files, policy };
};

interface Wanted {
  readonly slug: string;
  readonly path: string;
  /** Makes its text its own. */
  readonly key: number;
  readonly characters?: number;
  readonly open?: boolean;
  readonly givenAway?: number;
}

const markdown = new MarkdownIt();

const article = (wanted: Wanted): ForeignArticle => {
  const { slug, path, key, characters = 6_000, open = false, givenAway = previewCharacters } = wanted;
  const paragraphs = madeUpProse(key, characters);
  const source = paragraphs.map((text, index) => asMarkdown(text, index)).join('\n\n');
  return {
    slug,
    path,
    title: `${slug.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase())} & other matters`,
    summary: `What number ${key} was about, in one line.`,
    author: 'Ottilie Brandt',
    publishedAt: `2026-05-${String(key % 28 || 28).padStart(2, '0')}T06:00:00Z`,
    html: markdown.render(source),
    blocks: paragraphs,
    givenAway: open ? Number.POSITIVE_INFINITY : givenAway,
  };
};

/** Now a list, now a quotation, now a word that stands out: what a body is made of besides plain paragraphs. */
const asMarkdown = (text: string, index: number): string => {
  const escaped = text.replace(/[<>&]/g, '\\$&');
  if (index % 7 === 3) return `> ${escaped}`;
  if (index % 7 === 5) return `1. ${escaped}`;
  return escaped.replace(/ (counted|carried off|repaired|weighed) /g, ' *$1* ');
};

const policy = `
site: { name: The Foreign Press, language: en, timeZone: UTC }
publications:
  - { id: harbour, name: The Harbour Post, paths: /2026/** }
  - { id: ledger, name: The Ledger, paths: /posts/** }
  - { id: stories, name: Long Stories, paths: [/stories/**, /special/**] }
products: [{ id: all-access, name: Everything }]
meters:
  main: { window: month, visitor: 3, registered: 5, networkAllowance: 20 }
articles:
  # The rest is known by what its pages say of themselves.
  paths: [/stories/*, /_next/data/*/stories/*, /posts/*/index.json]
  body: [.entry-content, '[itemprop=articleBody]', '.story-text']
  json:
    - { paths: '/wp-json/wp/v2/posts/*', body: /content/rendered }
    - { paths: '/wp-json/wp/v2/posts', body: /*/content/rendered }
    - { paths: '/posts/*/index.json', body: /content }
    - { paths: '/_next/data/*/stories/*', body: /pageProps/story/html }
cutoff: { characters: ${previewCharacters}, ending: exact }
rules:
  - { name: free, when: { level: open }, access: open }
  - { name: reserved, when: { path: /2026/05/reserved/ }, access: locked, products: all-access }
otherwise: { access: metered, products: all-access }
`;
