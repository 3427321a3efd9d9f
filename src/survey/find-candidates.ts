/** Addresses of a site that might be articles, and which of them to look at next: some of each kind, rather than all of one. */
import { learnableTarget } from '../sentry/learn/site-address.ts';
import type { SiteAnswer } from './ask-site.ts';

export interface Candidates {
  /** What the site's own lists call it is its name, too. */
  adopt(host: string, list: 'sitemap' | 'feed'): void;
  /** An address as some document writes it. False: it isn't of this site, or no page. */
  add(href: string, base: string, from: Found): boolean;
  isInFeed(target: string): boolean;
  /** Every path that is known of. */
  paths(): readonly string[];
  /** The next one to look at, once each. */
  next(): string | undefined;
  remarks(): readonly string[];
}

export type Found = 'feed' | 'sitemap' | 'link';

const mostKept = 20_000;
/** Of one kind, before others that nothing is known of have had their turn. */
const inARow = 4;
const ranks: Readonly<Record<Found, number>> = { feed: 0, sitemap: 1, link: 2 };

export const createCandidates = (ownHosts: readonly string[], front: SiteAnswer): Candidates => {
  const hosts = [...new Set([...ownHosts, ...statedHost(front)])];
  const adopted: string[] = [];
  const strangers = new Map<string, number>();
  const found = new Map<string, Found>();
  const groups = new Map<string, { readonly waiting: string[]; taken: number }>();
  const site = { hosts, isLeftOut: (path: string) => path.startsWith('/-/'), isArticlePath: () => false };

  const target = (href: string, base: string, from: Found): string | undefined => {
    const own = learnableTarget(href, base, site, from === 'link' ? 'page' : 'list');
    if (own === undefined && from !== 'link' && URL.canParse(href)) {
      const { host } = new URL(href);
      if (!hosts.includes(host)) strangers.set(host, (strangers.get(host) ?? 0) + 1);
    }
    return own;
  };

  return {
    adopt: (host, list) => {
      if (hosts.includes(host)) return;
      hosts.push(host);
      adopted.push(`Its ${list} calls it ${printable(host)}, which is taken for its public name.`);
    },
    add: (href, base, from) => {
      const address = target(href, base, from);
      if (address === undefined) return false;
      const before = found.get(address);
      if (before === undefined && found.size < mostKept) {
        found.set(address, from);
        const key = kindOf(address, from);
        const group = groups.get(key) ?? { waiting: [], taken: 0 };
        groups.set(key, group);
        group.waiting.push(address);
      } else if (before !== undefined && ranks[from] < ranks[before]) found.set(address, from);
      return true;
    },
    isInFeed: (address) => found.get(address) === 'feed',
    paths: () => [...new Set([...found.keys()].map((address) => address.split('?', 1)[0] ?? '/'))],
    next: () => {
      const open = [...groups].filter(([, { waiting }]) => waiting.length > 0);
      const [next] = open.sort(([a, one], [b, other]) => turn(a, one) - turn(b, other));
      if (!next) return undefined;
      const [, group] = next;
      group.taken += 1;
      // The first of a list are the newest, or the oldest: what lies apart is more likely to differ.
      const at = group.taken % 2 === 1 ? 0 : Math.floor(group.waiting.length / 2);
      return group.waiting.splice(at, 1)[0];
    },
    remarks: () => [
      ...adopted,
      ...[...strangers]
        .filter(([, count]) => count > 3)
        .slice(0, 3)
        .map(
          ([host, count]) =>
            `Its feeds and sitemaps name ${count} addresses of ${printable(host)}, which weren’t looked at. If that is this site’s public name, ask it there.`,
        ),
    ],
  };
};

const turn = (key: string, { taken }: { readonly taken: number }): number =>
  Math.floor(taken / inARow) * 10 +
  (ranks[key.split(' ', 1)[0] as Found] ?? 2) +
  (key.endsWith(' /') ? 5 : 0);

/** How it was found, how many names it has, and the first of them where it has more. */
const kindOf = (address: string, from: Found): string => {
  const [path = '/', query] = address.split('?', 2);
  const names = path.split('/').filter((name) => name !== '');
  const first = names.length > 1 && !/^\d+$/.test(names[0] ?? '') ? names[0] : '';
  return `${from} ${query === undefined ? '' : '?'}${names.length} ${first}`;
};

/** What the front page calls itself: a site that is looked at beside its public address names that one everywhere. */
const statedHost = ({ text }: SiteAnswer): readonly string[] => {
  const head = text.slice(0, 100_000);
  const [, href] =
    /<link\b[^>]{0,300}\brel=["']?canonical["']?[^>]{0,300}\bhref=["']([^"'>]{1,300})/i.exec(head) ??
    /<link\b[^>]{0,300}\bhref=["']([^"'>]{1,300})["'][^>]{0,300}\brel=["']?canonical/i.exec(head) ??
    /<meta\b[^>]{0,300}\bproperty=["']?og:url["']?[^>]{0,300}\bcontent=["']([^"'>]{1,300})/i.exec(head) ??
    [];
  return href !== undefined && URL.canParse(href) ? [new URL(href).host] : [];
};

/** Of what a site writes, as much as a line of a report holds. */
export const printable = (text: string): string =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 100);
