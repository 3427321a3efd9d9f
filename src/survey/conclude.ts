/** What follows for the policy from what was seen of a site, and what doesn't follow for sure. */
import { compileNameGlobs } from '../policy/glob.ts';
import { type Shape, shapesOf } from './address-shapes.ts';
import { printable } from './find-candidates.ts';
import { findText, type TextPlace } from './find-text.ts';
import type { PageSample } from './page-sample.ts';
import { bodiesOf, cookiesOf } from './recognise-systems.ts';
import type { Survey } from './survey.ts';

export interface Conclusions {
  readonly articles: readonly PageSample[];
  /** Globs that are written into the policy. */
  readonly paths: readonly Shape[];
  /** Those that would cover too much else, and are only named. */
  readonly doubtful: readonly Shape[];
  readonly text?: TextPlace;
  /** Names that are added to what counts as personal by itself. */
  readonly cookies: readonly string[];
  /** How many articles are in each, the largest first. */
  readonly sections: readonly (readonly [string, number])[];
  /** What has to be looked at, a sentence each. */
  readonly unsure: readonly string[];
}

interface Defaults {
  readonly body: readonly string[];
  readonly personalCookies: readonly string[];
}

export const conclude = (survey: Survey, defaults: Defaults): Conclusions => {
  const { pages, signs } = survey;
  const articles = articlesAmong(pages);
  const others = pages.filter(
    (page) => page.isArticle === 'no' || (page.isArticle === 'looks' && !articles.includes(page)),
  );
  const shapes = shapesOf(
    distinctPaths(articles.filter(({ target }) => !target.includes('?'))),
    distinctPaths(others),
  );
  const isWorthIt = (shape: Shape): boolean => isTold(shape, articles);
  const paths = shapes.filter(isWorthIt).slice(0, mostPaths);
  const doubtful = shapes.filter((shape) => !isWorthIt(shape)).slice(0, mostPaths);
  const usual = [...new Set([...bodiesOf(signs.systems), ...defaults.body])];
  const text = findText(
    articles.map(({ reading }) => ({ page: reading.page, stated: reading.bodySelectors })),
    usual,
  );
  const cookies = cookiesOf(signs);
  const sections = counted(
    articles.flatMap(({ reading: { section } }) => (section ? [printable(section)] : [])),
  );
  const found = { articles, paths, doubtful, cookies, sections, ...(text ? { text } : {}) };
  return { ...found, unsure: unsureOf(survey, found, [...defaults.personalCookies, ...cookies]) };
};

const mostPaths = 12;

/** Long text alone makes an article of a page where several of that kind have it, or others there state that they are. */
const articlesAmong = (pages: readonly PageSample[]): readonly PageSample[] => {
  const paths = new Set(pages.map(({ path }) => path.replace(/\/$/, '')));
  const likely = pages.filter(
    ({ path, isArticle }) => isArticle !== 'no' && path !== '/' && !isFurtherPage(path, paths),
  );
  const shapes = shapesOf(distinctPaths(likely), []);
  return likely.filter(({ path, isArticle }) => {
    if (isArticle !== 'looks') return true;
    const shape = shapes.find((each) => each.articles.includes(path));
    const alike = likely.filter((each) => shape?.articles.includes(each.path));
    return alike.length >= 3 || alike.some((each) => each.isArticle !== 'looks');
  });
};

/** The second page of an article in several has the article's own address before its number. */
const isFurtherPage = (path: string, paths: ReadonlySet<string>): boolean => {
  const [, article] = /^(.+?)\/(?:(?:page|seite)\/)?(?:comment-page-)?\d{1,3}\/?$/.exec(path) ?? [];
  return article !== undefined && (paths.has(article) || /comment-page-\d+\/?$/.test(path));
};

const distinctPaths = (pages: readonly PageSample[]): readonly string[] => [
  ...new Set(pages.map(({ path }) => path)),
];

/** Whether a glob tells articles from the rest. One for every name at the root tells nothing that is worth having. */
const isTold = (shape: Shape, articles: readonly PageSample[]): boolean => {
  const { glob, articles: own, others } = shape;
  if (/^\/\*(?:\/\*)*$/.test(glob)) return false;
  const byLooks = articles.filter(
    ({ path, isArticle }) => isArticle === 'looks' && own.includes(path),
  ).length;
  // What nobody states has to be seen more than once.
  if (byLooks === own.length && own.length < 3) return false;
  return others.length <= own.length / 3;
};

const counted = (words: readonly string[]): readonly (readonly [string, number])[] => {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, 20);
};

const unsureOf = (
  survey: Survey,
  { articles, paths, doubtful, text }: Omit<Conclusions, 'unsure'>,
  personal: readonly string[],
): readonly string[] => {
  const { pages, endedBy, names, lists, feeds } = survey;
  const stated = articles.filter(({ isArticle }) => isArticle === 'stated');
  const unstated = articles.length - stated.length;
  const [front] = pages;
  return [
    ...(endedBy === undefined ? [] : [`Not all was looked at: ${endedBy}.`]),
    ...(articles.length === 0
      ? [
          'No article was found. Name the paths of your articles, or begin where they are: --from with the address of a section.',
        ]
      : []),
    ...(unstated > 0
      ? [
          `${unstated} of ${articles.length} articles don’t state that they are: they were taken for such since a feed has them, or by their long text.`,
        ]
      : []),
    ...doubtful.map(
      ({ glob, articles: own, others }) =>
        `${glob} would cover ${own.length} of the articles seen (${some(own)})${others.length > 0 ? `, and ${others.length} other pages, such as ${some(others)}` : ' and perhaps every other page of the site'}: it wasn’t written.${ownWay(own, articles)}`,
    ),
    ...paths
      .filter(({ others }) => others.length > 0)
      .map(({ glob, others }) => `${glob} covers ${some(others)}, too, which looks like no article.`),
    ...textDoubts(articles, text),
    ...(front?.path === '/' && front.isArticle === 'stated'
      ? [
          'The front page calls itself an article: it would be gated. Take og:type or the JSON-LD of an article from it, or set articles.metadata to false.',
        ]
      : []),
    ...cookieDoubts(pages, personal),
    ...(feeds.length === 0 ? ['No feed was found. If there is one, it is recognised by what it is.'] : []),
    ...(lists.length === 0 ? ['No sitemap was found: articles are learnt from feeds and links alone.'] : []),
    ...(names.timeZone === undefined
      ? [
          'The time zone isn’t known: free reads begin anew at midnight UTC until site.timeZone says otherwise.',
        ]
      : []),
  ];
};

const some = (paths: readonly string[]): string => paths.slice(0, 2).map(printable).join(' and ');

const ownWay = (own: readonly string[], articles: readonly PageSample[]): string => {
  const left = articles.filter(({ path, isArticle }) => own.includes(path) && isArticle !== 'stated').length;
  return left === 0
    ? ' Those pages state themselves that they are articles, and are recognised by that.'
    : ` ${left} of them would not be recognised: name their paths, or let them state it.`;
};

const textDoubts = (articles: readonly PageSample[], text: TextPlace | undefined): readonly string[] => {
  if (articles.length === 0) return [];
  if (!text)
    return [
      'Where the text of articles is couldn’t be found out: an article whose text isn’t found is withheld whole. Name it in articles.body.',
    ];
  return [
    ...(text.pages < text.of
      ? [
          `On ${text.of - text.pages} of ${text.of} articles the text isn’t at articles.body: those would be withheld whole.`,
        ]
      : []),
    ...(text.beside > 12
      ? [
          `articles.body holds more than the text: up to ${text.beside}% of it is something else (a byline, a list of links).`,
        ]
      : []),
  ];
};

const cookieDoubts = (pages: readonly PageSample[], personal: readonly string[]): readonly string[] => {
  const isPersonal = compileNameGlobs(personal);
  const names = [...new Set(pages.flatMap(({ setsCookies }) => setsCookies))];
  const [shared, own] = [names.filter((name) => !isPersonal(name)), names.filter(isPersonal)];
  return [
    ...(own.length > 0
      ? [
          `The site gives every visitor ${own.slice(0, 4).join(', ')}, which counts as personal: whoever has it gets articles that are asked for anew each time. If pages don’t differ by it, leave it out of originCache.personalCookies.`,
        ]
      : []),
    ...(shared.length > 0
      ? [
          `The site gives every visitor ${shared.slice(0, 4).join(', ')}, which isn’t counted as personal: if pages differ by it, add it to originCache.personalCookies.`,
        ]
      : []),
  ];
};
