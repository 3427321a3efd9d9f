/** The article at an address, for whoever needs its facts and not its bytes: access API, explain, feeds, other forms of it. */
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import type { Origin } from '../origin/origin.ts';
import type { Question } from './ask.ts';
import type { Finder } from './find.ts';
import type { ArticlePage, Unavailable } from './found.ts';
import type { PolicyInForce } from './policy-in-force.ts';

/** Undefined: no article stands there. `target` and `path` are canonical. */
export type Locate = (
  target: string,
  path: string,
  rules: PolicyInForce,
) => Promise<ArticlePage | Unavailable | undefined>;

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
      return undefined;
    }
    return answer.kind === 'article' || answer.kind === 'unavailable' ? answer : undefined;
  };

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
