/** Asking the origin and keeping what it said, put together: once for readers, and apart from them for each draft of the policy. */
import { createAsk } from '../gate/ask.ts';
import { createFinder, type Finder } from '../gate/find.ts';
import { createLocate, type Locate } from '../gate/locate.ts';
import { createRecognise, type RecogniseDependencies } from '../gate/recognise.ts';
import { createShelf, type Kept } from '../gate/shelf.ts';
import { keyToKeep } from '../gate/shelf-keys.ts';
import type { Clock } from '../ops/clock.ts';
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import { freshness } from '../origin/freshness.ts';
import type { Origin, OriginHead, OriginRequest } from '../origin/origin.ts';
import type { OriginCachePolicy } from '../policy/policy.ts';

export interface FindingOptions extends Omit<RecogniseDependencies, 'locate'> {
  readonly origin: Origin;
  readonly forward: ForwardHeaders;
  readonly shelfBytes: number;
  readonly originCache: () => OriginCachePolicy;
  /** Where articles are found that can't be asked for. */
  readonly locate?: Locate;
  readonly clock: Clock;
}

export interface Finding {
  readonly finder: Finder;
  readonly locate: Locate;
}

export const composeFinding = (options: FindingOptions): Finding => {
  const { origin, forward, shelfBytes, originCache, clock, maxBytes } = options;
  const shelf = createShelf(shelfBytes);
  const recognise = createRecognise({
    ...options,
    locate: (target, path, rules) => locate(target, path, rules),
  });
  const asking = createAsk({
    recognise,
    maxBytes,
    onShared: (found, { question, request, collected }) => {
      const kept = keeping(originCache(), collected.head, request, clock());
      if (kept) shelf.put(keyToKeep(question, found), { found, ...kept });
    },
  });
  const finder = createFinder({ shelf, asking, clock });
  const locate = options.locate ?? createLocate({ finder, origin, forward });
  return { finder, locate };
};

/** When an answer may be kept, and how long. */
const keeping = (
  { seconds, staleSeconds }: OriginCachePolicy,
  head: OriginHead,
  request: OriginRequest,
  now: number,
): Omit<Kept, 'found'> | undefined => {
  const fresh = freshness(request, head, now, { seconds, staleSeconds });
  return fresh.storable && head.status === 200
    ? { freshUntil: fresh.freshUntil, staleUntil: fresh.staleUntil }
    : undefined;
};
