/** `/-/seen/:code`: the mark in a prompt that a browser fetches as the prompt comes near the screen. */
import { Router } from 'express';
import type { DecisionCodes } from '../gate/decision-codes.ts';
import { announcesPrefetch } from '../gate/purpose.ts';
import type { Clock } from '../ops/clock.ts';
import type { SalePlace } from './count-sales.ts';
import type { IsCrawler } from './crawler.ts';
import type { InsightCounter } from './insight-counter.ts';

interface Options {
  readonly codes: Pick<DecisionCodes, 'lookUp'>;
  readonly counter: Pick<InsightCounter, 'reached'>;
  readonly isCrawler: IsCrawler;
  /** Of an article's path, for its section. */
  readonly placeOf: (path: string) => Promise<SalePlace | undefined>;
  readonly clock: Clock;
  readonly onTrouble: (error: unknown) => void;
}

/** The same picture for every code, known or not, before anything is looked up. */
export const promptSeenRoutes = (options: Options): Router =>
  Router().get('/-/seen/:code', ({ params: { code }, headers }, response) => {
    response.setHeader('Content-Type', 'image/gif');
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.send(onePixel);
    const { 'sec-fetch-site': from = 'same-origin', 'user-agent': userAgent } = headers;
    // A frame of the console, in which an operator looks at the page, is another site to the browser.
    if (from !== 'same-origin' || options.isCrawler(userAgent)) return;
    // A page that is made ready for a click that may never come.
    if (announcesPrefetch(headers)) return;
    void count(code, options).catch(options.onTrouble);
  });

const count = async (code: string, { codes, counter, placeOf, clock }: Options): Promise<void> => {
  const facts = await codes.lookUp(code);
  if (facts === undefined) return;
  const { article, rule } = facts;
  const { section } = (await placeOf(article)) ?? {};
  counter.reached('promptSeen', {
    at: clock(),
    article,
    rule,
    ...(section === undefined ? {} : { section }),
  });
};

/** Transparent. */
const onePixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
