/** What purges may say: the console's API and the webhook take the same. */
import { z } from 'zod';
import { askedAddress } from './asked-address.ts';
import type { Purge } from './purge.ts';

const most = 500;
const word = (longest: number) => z.string().min(1).max(longest);
const some = (longest: number) => z.array(word(longest)).max(most).optional();

export const purgeRequest = z
  .strictObject({
    addresses: some(2_000).describe(
      'Paths, or whole addresses of this site; without a query, with every query.',
    ),
    prefixes: some(2_000).describe('What paths begin with: /news/'),
    tags: some(200).describe('Values of Cache-Tag, Surrogate-Key or xkey.'),
    all: z.literal(true).optional().describe('Everything that is kept.'),
  })
  .refine(
    ({ addresses = [], prefixes = [], tags = [], all }) =>
      all === true || addresses.length + prefixes.length + tags.length > 0,
    'name addresses, prefixes or tags, or say all: true',
  );

export type PurgeRequest = z.output<typeof purgeRequest>;

export type ReadPurge =
  | { readonly kind: 'ok'; readonly purge: Purge }
  /** It can't be an address of this site. */
  | { readonly kind: 'foreign'; readonly address: string };

export const purgeIn = (
  { addresses = [], prefixes = [], tags = [], all }: PurgeRequest,
  hosts: readonly string[],
): ReadPurge => {
  const read = { addresses: [] as string[], prefixes: [] as string[] };
  for (const [kind, list] of [['addresses', addresses] as const, ['prefixes', prefixes] as const])
    for (const address of list) {
      const asked = askedAddress(address, hosts);
      if (asked === undefined) return { kind: 'foreign', address };
      read[kind].push(kind === 'prefixes' ? asked.path : asked.target);
    }
  return { kind: 'ok', purge: { ...read, tags, all: all === true } };
};

export type ReadPurgeBody = ReadPurge | { readonly kind: 'unreadable'; readonly detail: string };

/** What Ghost sends of a post or a page that was published, changed or taken back; the rest of it doesn't matter here. */
const ghostPage = z.object({ url: z.string().min(1).max(2_000).optional() });
const ghostChange = z.object({ current: ghostPage.optional(), previous: ghostPage.optional() });
const ghostBody = z.union([z.object({ post: ghostChange }), z.object({ page: ghostChange })]);

/** Ours, or a webhook of Ghost's. */
export const readPurgeBody = (text: string, hosts: readonly string[]): ReadPurgeBody => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', detail: 'The body isn’t JSON.' };
  }
  const ghost = ghostBody.safeParse(json);
  if (ghost.success) {
    const addresses = addressesIn(ghost.data);
    // Of a page that is gone it may not say where it was.
    return purgeIn(addresses.length > 0 ? { addresses } : { all: true }, hosts);
  }
  const asked = purgeRequest.safeParse(json);
  if (asked.success) return purgeIn(asked.data, hosts);
  const [issue] = asked.error.issues;
  const where = issue?.path.join('.') ?? '';
  return {
    kind: 'unreadable',
    detail: `${where === '' ? '' : `${where}: `}${issue?.message ?? 'not a purge'}`,
  };
};

/** The front page and what lists articles change with each of them, and aren't kept. */
const addressesIn = (body: z.output<typeof ghostBody>): string[] => {
  const { current, previous } = 'post' in body ? body.post : body.page;
  return [current?.url, previous?.url].filter((url) => url !== undefined);
};
