/** Looks at some pages of a site, until enough of each kind were seen. */
import { linksIn } from '../sentry/learn/page-links.ts';
import type { AskSite, SiteAnswer } from './ask-site.ts';
import type { Candidates } from './find-candidates.ts';
import { type PageSample, samplePage } from './page-sample.ts';

const [mostPages, enoughArticles, mostPerAnswer] = [32, 24, 300];

/** The front page first. */
export const visitSome = async (
  ask: AskSite,
  front: SiteAnswer,
  candidates: Candidates,
): Promise<readonly PageSample[]> => {
  const first = samplePage(front, false);
  const pages: PageSample[] = first ? [first] : [];
  const seen = new Set([front.target]);
  const isEnough = (): boolean =>
    pages.length >= mostPages || pages.filter(({ isArticle }) => isArticle !== 'no').length >= enoughArticles;
  for (let target = candidates.next(); target !== undefined && !isEnough(); target = candidates.next()) {
    if (seen.has(target)) continue;
    seen.add(target);
    const answer = await ask(target, 'page');
    if (answer.kind === 'enough') break;
    const page = answer.kind === 'answer' ? samplePage(answer, candidates.isInFeed(target)) : undefined;
    if (!page) {
      if (answer.kind === 'answer') addRedirect(answer, candidates);
      continue;
    }
    pages.push(page);
    for (const href of linksIn(page.signs.html).links.slice(0, mostPerAnswer))
      candidates.add(href, target, 'link');
  }
  return pages;
};

/** A slash at the end, mostly. */
const addRedirect = ({ target, status, headers }: SiteAnswer, candidates: Candidates): void => {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (status < 300 || status > 399 || location === undefined) return;
  candidates.add(location, target, candidates.isInFeed(target) ? 'feed' : 'sitemap');
};
