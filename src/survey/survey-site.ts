/** Looks at a site as a stranger sees it: its front page, robots.txt, sitemaps, feeds, and some of what they lead to. */
import type { Clock } from '../ops/clock.ts';
import { createHttpOrigin } from '../origin/http-origin.ts';
import { type AskBounds, type AskSite, createAskSite, usualBounds } from './ask-site.ts';
import { enterSite } from './enter-site.ts';
import { createCandidates } from './find-candidates.ts';
import { readLists } from './read-lists.ts';
import { recogniseSystems } from './recognise-systems.ts';
import { namesOfSite } from './site-names.ts';
import type { Survey } from './survey.ts';
import { visitSome } from './visit-some.ts';

export interface SurveyOptions {
  /** Where to begin: the front page, of the site or of a part of it. */
  readonly from: URL;
  readonly bounds?: Partial<AskBounds>;
  readonly clock: Clock;
  readonly pause: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
  /** Told what it is at. */
  readonly tell?: (what: string) => void;
}

/** The site can't be looked at; the message says why, and what to do. */
export class CannotBeSeen extends Error {
  override readonly name = 'CannotBeSeen';
}

/** @throws CannotBeSeen */
export const surveySite = async (options: SurveyOptions): Promise<Survey> => {
  const { from, tell = () => undefined } = options;
  const bounds = { ...usualBounds, ...options.bounds };
  const sites = new Map<string, ReturnType<typeof createHttpOrigin>>();
  let [asked, endedBy] = [0, undefined as string | undefined];
  /** All together: a site that leads from one host to another isn't asked twice as much. */
  const askAt = (url: string, publicUrl: string): AskSite => {
    const origin = sites.get(url) ?? createHttpOrigin({ url });
    sites.set(url, origin);
    const { host, protocol } = new URL(publicUrl);
    const left = { ...bounds, questions: bounds.questions - asked };
    const ask = createAskSite({ ...options, origin, host, isSecure: protocol === 'https:', bounds: left });
    return async (target, as) => {
      const answer = await ask(target, as);
      if (answer.kind === 'enough') endedBy ??= answer.why;
      else asked += 1;
      return answer;
    };
  };
  try {
    tell('the front page');
    const entered = await enterSite(from, askAt);
    if (entered.kind === 'closed') throw new CannotBeSeen(entered.why);
    const { ask, originUrl, publicUrl, front } = entered;
    tell('sitemaps and feeds');
    const candidates = createCandidates([new URL(originUrl).host, new URL(publicUrl).host], front);
    const { feeds, lists } = await readLists(ask, front, candidates);
    tell('some pages');
    const pages = await visitSome(ask, front, candidates);
    const signs = recogniseSystems(pages.map((page) => page.signs));
    const names = await namesOfSite({ ask, pages, front, signs, feedTitle: feeds[0]?.title });
    return {
      ...{
        originUrl,
        publicUrl,
        needsPublicHost: entered.needsPublicHost,
        signs,
        pages,
        feeds,
        lists,
        names,
      },
      ...{ asked, remarks: [...entered.remarks, ...candidates.remarks()] },
      ...(endedBy === undefined ? {} : { endedBy }),
    };
  } finally {
    await Promise.all([...sites.values()].map((origin) => origin.close()));
  }
};
