/** The article at an address, for whoever needs its facts and not its bytes: access API, explain, feeds, other forms of it. */
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import type { Origin } from '../origin/origin.ts';
import { articleByPath } from './article-by-path.ts';
import type { Finder } from './find.ts';
import type { ArticlePage, Feed, Unavailable } from './found.ts';
import type { Question } from './origin-question.ts';
import type { PolicyInForce } from './policy-in-force.ts';

/** Undefined: no article stands there. A feed is told of only where its entries are cut. `target` and `path` are canonical. */
export type Locate = (
  target: string,
  path: string,
  rules: PolicyInForce,
) => Promise<ArticlePage | Feed | Unavailable | undefined>;

interface Dependencies {
  readonly finder: Finder;
  readonly origin: Origin;
  readonly forward: ForwardHeaders;
}

export const createLocate =
  ({ finder, origin, forward }: Dependencies): Locate =>
  async (target, path, rules) => {
    if (rules.matcher.isIgnoredPath(path)) return undefined;
    const answer = await finder.find(pageQuestion(target, path, origin, forward), rules);
    if (answer.kind === 'held') {
      answer.held.abort();
      return answer.why === 'hold' ? uncuttableAt(target, path, rules) : undefined;
    }
    return answer.kind === 'plain' || answer.kind === 'streamed' ? undefined : answer;
  };

/** Its address says that it is an article; that is enough to decide, and nothing of it can be sent by mistake. */
export const uncuttableAt = (target: string, path: string, rules: PolicyInForce): ArticlePage => ({
  kind: 'article',
  article: articleByPath({ target, path }, rules),
  form: { kind: 'uncuttable' },
  status: 200,
  raw: Buffer.alloc(0),
  contentType: 'text/html',
  carried: [],
  cacheControl: undefined,
  hash: target,
});

const pageQuestion = (target: string, path: string, origin: Origin, forward: ForwardHeaders): Question => ({
  origin,
  method: 'GET',
  target,
  path,
  accept: 'text/html',
  conditional: false,
  personal: 'no',
  shareable: true,
  headers: () =>
    forward(['Accept', 'text/html,application/xhtml+xml', 'Accept-Encoding', 'gzip, br'], {
      forwardedFor: '127.0.0.1',
      decodable: true,
      unconditional: true,
    }),
  // Nobody is there to be sent anything: what would stream through is let go.
  openStream: (_head, exchange) => {
    queueMicrotask(() => exchange()?.abort());
    return { data: () => true, end: () => undefined, breakOff: () => undefined };
  },
});
