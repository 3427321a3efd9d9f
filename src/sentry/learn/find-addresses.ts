/** What speaks for visiting an address: that somebody names it, that its time has come, that its text isn't known. */
import { setImmediate as nextTick } from 'node:timers/promises';
import type { Frontier, Urgency } from './frontier.ts';
import type { KeepProgress } from './keep-progress.ts';
import type { LearnDeps } from './learn-deps.ts';
import type { LearntAddress } from './learn-store.ts';
import { linksIn } from './page-links.ts';
import { addressesIn } from './read-list.ts';
import { sitemapsIn, usualFeeds, usualSitemaps } from './robots.ts';
import { learnableTarget } from './site-address.ts';
import type { Visit } from './visit.ts';

const ROBOTS = '/robots.txt';
const FRONT = '/';

/** Links from the front page: it, and the sections that it links to, are looked through. */
const deepest = 2;
const entriesTogether = 1_000;

export const createFinder = (deps: LearnDeps, frontier: Frontier, progress: KeepProgress) => {
  const add = (address: LearntAddress, urgency: Urgency): void => {
    const before = frontier.get(address.target);
    if (frontier.add(address, urgency) && before === undefined) progress.changed(address);
  };
  const addList = (href: string, base: string): void => {
    const target = learnableTarget(href, base, { ...deps.site(), isLeftOut: () => false }, 'list');
    if (target === undefined) return;
    const before = frontier.get(target);
    // Linked as a page once, and a feed all the same.
    if (before && before.kind !== 'list') frontier.put({ target, kind: 'list' });
    add({ target, kind: 'list' }, 'source');
  };
  const addPage = (target: string, depth: number, urgency: Urgency): void => {
    const before = frontier.get(target);
    if (before === undefined) {
      add({ target, kind: 'found', depth }, urgency);
      return;
    }
    if (before.depth === undefined || depth < before.depth) {
      // A page that was too far off to be looked through has to be seen whole once more.
      const { validators, ...rest } = before;
      const nearer = { ...rest, ...(validators && before.kind !== 'page' ? { validators } : {}), depth };
      frontier.put(nearer);
      progress.changed(nearer);
      if (before.kind === 'page' && depth < deepest) frontier.again(target);
    }
    if (before.kind === 'found') frontier.want(target, urgency);
  };

  const followList = async (address: LearntAddress, text: string): Promise<void> => {
    const site = deps.site();
    if (address.target === ROBOTS) {
      const named = sitemapsIn(text);
      for (const href of named.length > 0 ? named : usualSitemaps) addList(href, ROBOTS);
      return;
    }
    const isFeed = !/<(?:[a-z0-9]+:)?(?:urlset|sitemapindex)[\s>]/i.test(text.slice(0, 5_000));
    let count = 0;
    for (const { kind, href, statedAt } of addressesIn(text)) {
      count += 1;
      if (count % entriesTogether === 0) {
        await nextTick();
        await progress.keepSome();
      }
      if (kind === 'list') addList(href, address.target);
      else {
        const target = learnableTarget(href, address.target, site, 'list');
        if (target !== undefined) addListed(target, statedAt, isFeed);
      }
    }
  };

  const addListed = (target: string, statedAt: number | undefined, isFeed: boolean): void => {
    const before = frontier.get(target);
    const isRecent = statedAt !== undefined && deps.clock() - statedAt < recentMs;
    const urgency = isFeed ? 'named' : isRecent ? 'recent' : 'rest';
    const stated = statedAt === undefined ? {} : { statedAt };
    if (before === undefined) add({ target, kind: 'found', ...stated }, urgency);
    else if (before.kind === 'found') frontier.want(target, urgency);
    else if (statedAt !== undefined && statedAt > (before.statedAt ?? before.visitedAt ?? 0)) {
      frontier.put({ ...before, ...stated });
      frontier.want(target, urgency);
    }
  };

  const followPage = (address: LearntAddress, html: string): void => {
    const { target, depth = deepest } = address;
    const { links, next, feeds, base } = linksIn(html);
    const site = deps.site();
    const under = base === '' ? target : (learnableTarget(base, target, site, 'list') ?? target);
    for (const href of feeds) addList(href, under);
    if (depth === 0 && feeds.length === 0) for (const href of usualFeeds) addList(href, FRONT);
    // The pages of a list are as near as the list is.
    for (const href of next) follow(href, under, depth);
    if (depth >= deepest) return;
    for (const href of links) follow(href, under, depth + 1);

    function follow(href: string, from: string, toDepth: number): void {
      const linked = learnableTarget(href, from, site, 'page');
      if (linked !== undefined && linked !== target) addPage(linked, toDepth, depth === 0 ? 'named' : 'rest');
    }
  };

  return {
    seed: (): void => {
      add({ target: ROBOTS, kind: 'list' }, 'source');
      addPage(FRONT, 0, 'source');
      frontier.want(FRONT, 'source');
      for (const { kind, target } of frontier.all()) if (kind === 'list') frontier.want(target, 'source');
    },
    wantDue: async (now: number): Promise<void> => {
      const { readBy } = deps.terms();
      let count = 0;
      for (const address of frontier.all()) {
        const { target, kind, article, nextAt = 0 } = address;
        count += 1;
        // There may be a hundred thousand, and readers wait meanwhile.
        if (count % entriesTogether === 0) await nextTick();
        if (kind === 'list') continue;
        const isStale = kind === 'article' && article !== undefined && !deps.isKnown(article);
        if (isStale) frontier.want(target, 'unknown');
        else if (kind === 'found' || nextAt <= now) frontier.want(target, 'rest');
        else if (address.readBy !== undefined && address.readBy !== readBy) frontier.want(target, 'rest');
      }
    },
    follow: async (address: LearntAddress, visit: Visit): Promise<void> => {
      if (visit.kind === 'list') await followList(address, visit.text);
      else if (visit.kind === 'page') followPage(address, visit.html);
      else if (visit.kind === 'article') {
        if (visit.canonical !== undefined) addPage(visit.canonical, address.depth ?? deepest, 'named');
        // A front page may look like an article, and leads to all others nevertheless.
        if (visit.html !== undefined && address.depth === 0) followPage(address, visit.html);
      } else if (address.target === ROBOTS && visit.kind !== 'unchanged') {
        for (const href of usualSitemaps) addList(href, ROBOTS);
      } else if (visit.kind === 'moved') {
        const to = learnableTarget(visit.to, address.target, deps.site(), 'list');
        if (to === undefined || to === address.target) return;
        if (address.kind === 'list') addList(to, address.target);
        else addPage(to, address.depth ?? deepest, address.depth === 0 ? 'source' : 'named');
      }
    },
  };
};

const recentMs = 30 * 86_400_000;
