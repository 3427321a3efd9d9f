/** Looks at an address as a page and for nobody: for whoever must know what stands there before something else is sent. */
import { LRUCache } from 'lru-cache';
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import type { Origin, OriginHead } from '../origin/origin.ts';
import type { Finder } from './find.ts';
import type { ArticlePage, Feed, Unavailable } from './found.ts';
import type { Question } from './origin-question.ts';
import type { PageAddress } from './page-addresses.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { siteAddress } from './site-address.ts';
import { headerValue, isRedirect } from './treatment.ts';

/** What an address answers whoever wants its page. */
export type Standing =
  | ArticlePage
  | Feed
  | Unavailable
  /** Something in a type that can't be cut; `certain`: at an article's own address, else perhaps another form of one. */
  | { readonly kind: 'form'; readonly certain: boolean }
  | { readonly kind: 'redirect'; readonly location: string }
  /** A page, looked into, that is no article. */
  | { readonly kind: 'plain'; readonly status: number }
  /** Not a page. */
  | { readonly kind: 'unknown' }
  /** A host application's, which can't be asked, and hasn't sent it through here. */
  | { readonly kind: 'unseen' };

export type LookAt = (address: PageAddress, rules: PolicyInForce, hops: number) => Promise<Standing>;

/** As many looks as may lead from one to the next: a page that names another that names another. */
export const maxHops = 3;

export interface LookUp {
  readonly lookUp: LookAt;
  readonly forgetAll: () => void;
}

interface Dependencies {
  readonly finder: Finder;
  readonly origin: Origin;
  readonly forward: ForwardHeaders;
}

export const createLookAt =
  ({ finder, origin, forward }: Dependencies): LookAt =>
  async ({ target, path }, rules, hops) => {
    if (rules.matcher.isIgnoredPath(path)) return unknown;
    let streamed: OriginHead | undefined;
    const onStreamed = (head: OriginHead): void => {
      streamed = head;
    };
    const question = pageQuestion({ target, path }, hops, { origin, forward }, onStreamed);
    const answer = await finder.find(question, rules);
    switch (answer.kind) {
      case 'held':
        answer.held.abort();
        return { kind: 'form', certain: answer.why === 'hold' };
      case 'streamed': {
        const location =
          streamed && isRedirect(streamed) ? headerValue(streamed.headers, 'location') : undefined;
        return location === undefined ? unknown : { kind: 'redirect', location };
      }
      case 'plain':
        return { kind: 'plain', status: answer.status };
      default:
        return answer;
    }
  };

const unknown: Standing = { kind: 'unknown' };

/**
 * Goes where the address leads, and remembers for a while where no article stands: whatever isn't kept on the shelf would
 * be asked for again with each form, list and numbered page.
 */
export const createLookUp = (lookAt: LookAt, hosts: readonly string[]): LookUp => {
  const nothing = new LRUCache<string, Standing>({ max: 20_000 });

  const lookOnce = async (address: PageAddress, rules: PolicyInForce, hops: number): Promise<Standing> => {
    const key = `${rules.policy.version}\n${address.target}`;
    const known = nothing.get(key);
    if (known) return known;
    const standing = await lookAt(address, rules, hops);
    if (isLasting(standing)) {
      const ttl = standing.kind === 'plain' && standing.status === 200 ? 60_000 : 15_000;
      nothing.set(key, standing, { ttl });
    }
    return standing;
  };

  const lookUp: LookAt = async (address, rules, hops) => {
    let at: PageAddress | undefined = address;
    for (let turns = 0; turns <= maxRedirects && at; turns += 1) {
      const standing: Standing = await lookOnce(at, rules, hops);
      if (standing.kind !== 'redirect') return standing;
      at = siteAddress(standing.location, at.target, hosts);
    }
    return unknown;
  };
  return { lookUp, forgetAll: () => nothing.clear() };
};

/** Articles and feeds are on the shelf, or aren't to be kept; an origin in trouble may be well the next moment. */
const isLasting = ({ kind }: Standing): boolean =>
  kind !== 'article' && kind !== 'feed' && kind !== 'unavailable' && kind !== 'unseen';

const maxRedirects = 3;

const pageQuestion = (
  { target, path }: PageAddress,
  hops: number,
  { origin, forward }: Pick<Dependencies, 'origin' | 'forward'>,
  onStreamed: (head: OriginHead) => void,
): Question => ({
  origin,
  method: 'GET',
  target,
  path,
  accept: 'text/html',
  conditional: false,
  personal: 'no',
  shareable: true,
  hops,
  said: () => undefined,
  headers: () =>
    forward(['Accept', 'text/html,application/xhtml+xml', 'Accept-Encoding', 'gzip, br'], {
      forwardedFor: '127.0.0.1',
      decodable: true,
      unconditional: true,
    }),
  // Nobody is there to be sent anything: what would stream through is let go.
  openStream: (head, exchange) => {
    onStreamed(head);
    queueMicrotask(() => exchange()?.abort());
    return { data: () => true, end: () => undefined, breakOff: () => undefined };
  },
});
