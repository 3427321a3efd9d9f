/** What is to be asked for anew, and which of the kept copies that is. */
import { articleIdOf } from '../article/article-id.ts';
import type { HeaderPairs } from '../origin/origin.ts';
import type { Kept } from './shelf.ts';
import { joinedValues } from './treatment.ts';

export interface Purge {
  /** Canonical; one without a query is meant with every query. */
  readonly addresses: readonly string[];
  /** What an address begins with. */
  readonly prefixes: readonly string[];
  /** Of `Cache-Tag`, `Surrogate-Key` or `xkey`, as the origin spells them. */
  readonly tags: readonly string[];
  readonly all: boolean;
  /** Which instance announced it, and has carried it out. */
  readonly by?: string;
}

export const purgeOf = (addresses: readonly string[]): Purge => ({
  addresses,
  prefixes: [],
  tags: [],
  all: false,
});

/** @returns whether a copy is meant; with nothing but the address, whether one that comes might be */
export const compilePurge = ({
  addresses,
  prefixes,
  tags,
  all,
}: Purge): ((target: string, kept?: Kept) => boolean) => {
  const targets = new Set(addresses.map(spelledOnce));
  const paths = new Set(addresses.filter((address) => !address.includes('?')).map(pathOf));
  const wanted = new Set(tags);
  return (target, kept) =>
    all ||
    paths.has(pathOf(target)) ||
    targets.has(spelledOnce(target)) ||
    prefixes.some((prefix) => target.startsWith(prefix)) ||
    // How it is tagged only the answer tells.
    (kept === undefined ? wanted.size > 0 : isOf(kept, targets, wanted));
};

const isOf = ({ found, head }: Kept, targets: ReadonlySet<string>, tags: ReadonlySet<string>): boolean =>
  (found.kind === 'article' && targets.has(found.article.id)) ||
  (tags.size > 0 && tagsIn(head.headers).some((tag) => tags.has(tag)));

export const tagsIn = (headers: HeaderPairs): readonly string[] =>
  [
    ...(joinedValues(headers, 'cache-tag') ?? '').split(','),
    ...(joinedValues(headers, 'surrogate-key') ?? '').split(/[\s,]+/),
    ...(joinedValues(headers, 'xkey') ?? '').split(/[\s,]+/),
  ]
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

const spelledOnce = (target: string): string => articleIdOf({ target, hosts: [] });

/** `/a/` is `/a`: a site has one of the two, and whoever purges may have the other in mind. */
const pathOf = (target: string): string => (target.split('?', 1)[0] ?? '').replace(/(?<=.)\/$/, '');
