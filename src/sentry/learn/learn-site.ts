/** One round of learning a site: what is new is found, and every address whose time has come is visited, at a pace that is no burden. */
import { faultOf } from '../../ops/log.ts';
import { afterVisit } from './after-visit.ts';
import { createFinder } from './find-addresses.ts';
import { createFrontier } from './frontier.ts';
import { createKeepProgress } from './keep-progress.ts';
import type { LearnAsked, LearnDeps, LearnOutcome } from './learn-deps.ts';
import type { LearnCounts, LearnRound, LearntAddress } from './learn-store.ts';
import { createManners, type Manners } from './manners.ts';
import type { Visit } from './visit.ts';

/** Never rejects. */
export const learnSite = async (deps: LearnDeps, asked: LearnAsked): Promise<LearnOutcome> => {
  const round = createRound(deps, asked);
  try {
    await round.begin();
    await round.visitAll();
    await round.end();
    return { kind: 'done', counts: round.counts(), failed: round.failed };
  } catch (error) {
    await round.breakOff();
    if (asked.signal.aborted) return { kind: 'stopped', counts: round.counts() };
    return { kind: 'broken-off', counts: round.counts(), why: faultOf(error).message };
  }
};

class OriginHopeless extends Error {}

/** Under way at once: a slow origin isn't asked more while it still works on what it was asked. */
const atOnce = 4;
/** Of one address in a round. */
const mostTries = 3;
const mostFailedNamed = 20;

const createRound = (deps: LearnDeps, { signal, onProgress }: LearnAsked) => {
  const { store, clock, keep } = deps;
  const terms = deps.terms();
  const frontier = createFrontier(terms.maxArticles);
  const manners = createManners(() => deps.terms().perSecond);
  const tally = { visited: 0, learnt: 0, unchanged: 0, failed: 0, forgotten: 0 };
  const tries = new Map<string, number>();
  const failed: string[] = [];
  const startedAt = clock();
  let seededAt = startedAt;

  const counts = (): LearnCounts => {
    const { known, unvisited, leftOut } = frontier.counts();
    return { known, of: known + unvisited, leftOut, ...tally };
  };
  const roundNow = (): LearnRound => ({ startedAt, policyVersion: terms.policyVersion, counts: counts() });
  const progress = createKeepProgress({
    store,
    keep,
    clock,
    roundNow,
    ...(onProgress ? { onProgress } : {}),
  });
  const finder = createFinder(deps, frontier, progress);

  const settle = async (address: LearntAddress, visit: Visit): Promise<void> => {
    if (comesAgain(address, visit)) return;
    tally.visited += 1;
    if (visit.kind === 'unchanged') tally.unchanged += 1;
    if (visit.kind === 'article' && visit.learnt) tally.learnt += 1;
    if (visit.kind === 'failed' || visit.kind === 'busy') {
      tally.failed += 1;
      if (failed.length < mostFailedNamed) failed.push(address.target);
    }
    await finder.follow(address, visit);
    // What its page led to may have told more of it meanwhile.
    replace(frontier.get(address.target) ?? address, visit);
    await progress.keepSome();
  };

  const comesAgain = ({ target }: LearntAddress, visit: Visit): boolean => {
    if (visit.kind !== 'busy' && visit.kind !== 'failed') return false;
    const tried = (tries.get(target) ?? 0) + 1;
    tries.set(target, tried);
    // An origin that wants to be left alone says nothing of the page.
    if (visit.kind === 'failed' && tried >= mostTries) return false;
    frontier.again(target);
    return true;
  };

  const replace = (address: LearntAddress, visit: Visit): void => {
    const { everyMs, readBy } = deps.terms();
    const after = afterVisit(address, visit, { now: clock(), everyMs, readBy });
    if (after) {
      frontier.put(after);
      progress.changed(after);
    } else {
      frontier.drop(address.target);
      progress.dropped(address.target);
    }
    const { article } = address;
    if (article !== undefined && frontier.carriers(article) === 0) {
      tally.forgotten += 1;
      keep.forget(article);
    }
  };

  const visitOne = async (address: LearntAddress): Promise<void> => {
    const visit = await deps.visit(askedFor(address, deps), signal);
    for (let more = deps.furtherQuestions(); more > 0; more -= 1) manners.asked(clock());
    tellManners(manners, visit, clock());
    await settle(address, visit);
  };

  const nextTurn = async (): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      if (manners.isHopeless()) throw new OriginHopeless('the origin does not answer');
      const waitMs = manners.freeAt() - clock();
      if (!(waitMs > 0)) return;
      // An answer that comes meanwhile may ask for more patience.
      await deps.pause(Math.min(waitMs, longestNapMs), signal);
    }
  };

  const visitAll = async (): Promise<void> => {
    const underWay = new Set<Promise<void>>();
    let fault: { readonly error: unknown } | undefined;
    const oneLess = (): Promise<unknown> => Promise.race(underWay);
    try {
      for (;;) {
        if (fault) throw fault.error;
        if (underWay.size >= atOnce) {
          await oneLess();
          continue;
        }
        await nextTurn();
        if (clock() - seededAt >= Math.max(deps.terms().everyMs, leastRoundMs)) seed();
        const address = frontier.next();
        if (address === undefined) {
          if (underWay.size === 0) return;
          await oneLess();
          continue;
        }
        manners.asked(clock());
        const visiting: Promise<void> = visitOne(address)
          .catch((error: unknown) => {
            fault ??= { error };
          })
          .finally(() => underWay.delete(visiting));
        underWay.add(visiting);
      }
    } finally {
      await Promise.allSettled(underWay);
    }
  };

  /** A round can take hours: what is new is looked for as often as ever. */
  const seed = (): void => {
    seededAt = clock();
    frontier.newRound();
    finder.seed();
  };

  const begin = async (): Promise<void> => {
    for await (const some of store.addresses()) {
      signal.throwIfAborted();
      for (const address of some) frontier.put(address);
    }
    finder.seed();
    await finder.wantDue(startedAt);
    await progress.keepAll();
  };

  return {
    begin,
    visitAll,
    end: () => progress.keepAll(clock()),
    /** Whatever is known by now is kept; where that fails too, it is visited again. */
    breakOff: () => progress.keepAll().catch(() => undefined),
    counts,
    failed,
  };
};

const longestNapMs = 5_000;
const leastRoundMs = 300_000;

/** Nothing of what may have changed its meaning meanwhile is asked for by what was known of it. */
const askedFor = ({ target, kind, validators, article, readBy }: LearntAddress, deps: LearnDeps) => {
  const stillHolds =
    kind === 'list' || (readBy === deps.terms().readBy && (article === undefined || deps.isKnown(article)));
  return {
    target,
    as: kind === 'list' ? ('list' as const) : ('page' as const),
    ...(validators && stillHolds ? { validators } : {}),
  };
};

const tellManners = (manners: Manners, visit: Visit, now: number): void => {
  if (visit.kind === 'busy') manners.busy(now, visit.retryAfterMs);
  else if (visit.kind === 'failed') manners.failed(now);
  else manners.answered();
};
