/** One page of a site as it is looked at: what it says of itself, and what speaks for its being an article. */
import { parseArticleHeader } from '../article/article-header.ts';
import { pageHeadOf } from '../article/page-head.ts';
import { parsePage } from '../article/parse-page.ts';
import { type PageReading, readParsedPage } from '../article/read-page.ts';
import { headerOf, type SiteAnswer } from './ask-site.ts';
import { mainText } from './find-text.ts';
import type { SignsOfPage } from './recognise-systems.ts';

export interface PageSample {
  readonly path: string;
  readonly target: string;
  readonly reading: PageReading;
  /** `stated`: the page says so; `feed`: a feed of the site has it; `looks`: long text, at an address of its own. */
  readonly isArticle: 'stated' | 'feed' | 'looks' | 'no';
  /** Letters of the text, as far as it is found without a selector. */
  readonly letters: number;
  readonly signs: SignsOfPage;
  readonly setsCookies: readonly string[];
  /** Its own header, where the site has one for Gatefold. */
  readonly hasHeader: boolean;
}

/** Undefined: no page that could be an article or lead to one. */
export const samplePage = (answer: SiteAnswer, inFeed: boolean): PageSample | undefined => {
  const { target, status, type, text, headers } = answer;
  if (status !== 200 || !/^(?:text\/html|application\/xhtml\+xml|)$/.test(type) || text === '')
    return undefined;
  const path = target.split('?', 1)[0] ?? '/';
  const page = parsePage(text);
  const reading = readParsedPage(page, { path, siteLanguage: 'en' });
  const header = parseArticleHeader(headerOf(headers, 'gatefold-article'));
  const letters = mainText(page)?.letters ?? 0;
  const isStated = header?.kind === 'article' || (reading.isArticle && header?.kind !== 'none');
  return {
    ...{ path, target, reading, letters },
    isArticle: isStated ? 'stated' : inFeed ? 'feed' : looksLikeOne(path, letters, reading) ? 'looks' : 'no',
    signs: {
      ...{ headers, html: text.slice(0, 400_000), tokens: page.tokens },
      generators: pageHeadOf(page).metas.get('generator') ?? [],
    },
    setsCookies: cookieNames(headers),
    hasHeader: header !== undefined,
  };
};

const looksLikeOne = (path: string, letters: number, { page }: PageReading): boolean => {
  if (letters < 1_200 || path === '/') return false;
  let headings = 0;
  let links = 0;
  for (const token of page.tokens) {
    if (token.kind !== 'start') continue;
    if (token.name === 'h1') headings += 1;
    if (token.name === 'a') links += 1;
  }
  // A list of articles has a link for each few words.
  return headings === 1 && letters / Math.max(1, links) > 60 && !NO_ARTICLE.test(path);
};

/** Pages that every site has, and gives away. */
const NO_ARTICLE =
  /\/(?:about|impressum|imprint|privacy|datenschutz|terms|agb|contact|kontakt|legal|faq|help|cookies?|jobs|press|page\/\d+)(?:[/._-]|$)/i;

const cookieNames = (headers: SiteAnswer['headers']): readonly string[] =>
  headers.flatMap(([name, value]) => {
    const [, cookie] =
      name.toLowerCase() === 'set-cookie' ? (/^\s*([\w!#$%&'*+.^`|~-]{1,100})=/.exec(value) ?? []) : [];
    return cookie === undefined ? [] : [cookie];
  });
