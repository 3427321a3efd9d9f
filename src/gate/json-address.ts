/** The pages behind what a JSON document states of its texts: addresses, and slugs where the policy's paths have a place for them. */
import { articleIdOf, articlePathOf } from '../article/article-id.ts';
import type { Stated } from '../preview/json-survey.ts';
import type { PageAddress } from './page-addresses.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { siteAddress } from './site-address.ts';

export interface StatedAddress extends PageAddress {
  /** Made of a slug by the policy's paths: that nothing stands there says nothing. */
  readonly guessed: boolean;
}

/** On this site alone, the likeliest first. The front page is nobody's article. */
export const statedAddresses = (
  { addresses, slugs }: Stated,
  hosts: readonly string[],
  { matcher }: Pick<PolicyInForce, 'matcher'>,
): readonly StatedAddress[] => {
  const guesses = slugs.flatMap((slug) => {
    const bare = slug.replace(/^\/+|\/+$/g, '');
    const named = bare.includes('/') && matcher.isArticlePath(`/${bare}`) ? [`/${bare}`] : [];
    return [...named, ...matcher.addressesOfSlug(bare)];
  });
  const all = [
    ...addresses.flatMap((address) => addressOf(address, hosts, false)),
    ...guesses.flatMap((address) => addressOf(address, hosts, true)),
  ];
  const found = new Map<string, StatedAddress>();
  for (const address of all) if (!found.has(address.target)) found.set(address.target, address);
  return [...found.values()].slice(0, most);
};

/** Each may cost a question to the origin. */
const most = 6;

const addressOf = (text: string, hosts: readonly string[], guessed: boolean): StatedAddress[] => {
  if (!/^(?:\/(?!\/)|https?:\/\/)/i.test(text)) return [];
  const address = siteAddress(text, '/', hosts);
  if (!address || address.target === '/') return [];
  const id = articleIdOf({ target: address.target, hosts });
  return [{ target: id, path: articlePathOf(id), guessed }];
};
