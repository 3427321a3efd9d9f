/** Which copy of an article a reader is shown: by those of their headers that the origin's answer depends on. */
import type { HeaderPairs } from '../origin/origin.ts';
import type { OriginCachePolicy } from '../policy/policy.ts';
import { askedLanguages, mainLanguage } from './asked-languages.ts';
import { deviceUserAgent } from './device-of.ts';
import type { Question } from './origin-question.ts';

export type Variation =
  | {
      readonly kind: 'shared';
      /** Equal for whoever is asked for with the same; empty for what is asked for with nothing of a reader's. */
      readonly name: string;
      /** What the origin is asked with, beside what it always is: exactly what the name says. */
      readonly headers: HeaderPairs;
    }
  /** It depends on what every reader has of their own. */
  | { readonly kind: 'own' };

export type Asker = Pick<Question, 'said' | 'personal' | 'hops'>;

export type VariationTerms = Pick<OriginCachePolicy, 'vary' | 'userAgents' | 'languages'>;

/**
 * @param names in lower case, what the origin's answers at this address name in `Vary`
 * @param coarse the address has many copies: as few as possible are to be told apart
 */
export const variationFor = (
  names: readonly string[],
  asker: Asker,
  terms: VariationTerms,
  coarse = false,
): Variation => {
  // Whoever looks for the gate's own sake has no headers.
  if (asker.hops !== undefined) return plainCopy;
  const headers: (readonly [string, string])[] = [];
  for (const name of withPolicys(names, terms.vary)) {
    if (isReadersOwn(name, asker)) return ownCopy;
    if (isAlike.test(name)) continue;
    const said = asker.said(name);
    const value = said === undefined ? undefined : saidAs(name, said, terms, coarse);
    if (value === undefined) continue;
    if (value.length > longestValue) return ownCopy;
    headers.push([name, value]);
  }
  if (headers.length === 0) return plainCopy;
  return { kind: 'shared', name: headers.map(([name, value]) => `${name}:${value}`).join('\n'), headers };
};

export const plainCopy: Variation = { kind: 'shared', name: '', headers: [] };
const ownCopy: Variation = { kind: 'own' };

/** Longer ones are different for each of their senders: the state of a router, a list of brands with versions. */
const longestValue = 200;

/** So that the same names always come in the same order. */
const withPolicys = (names: readonly string[], policys: readonly string[]): readonly string[] =>
  policys.length === 0
    ? names
    : [...new Set([...names, ...policys.map((name) => name.toLowerCase())])].sort();

const isReadersOwn = (name: string, { personal }: Asker): boolean => {
  if (name === 'cookie') return personal === 'any';
  return name === '*' || name === 'x-forwarded-for' || name === 'x-real-ip' || name === 'forwarded';
};

/** The same for everybody, or seen to elsewhere: forms by `Accept` have names of their own, and a coding is undone. */
const isAlike = /^(?:accept|accept-encoding|cookie|authorization|host|via|x-forwarded-.*|range|if-.*)$/;

const saidAs = (
  name: string,
  said: string,
  { userAgents, languages }: VariationTerms,
  coarse: boolean,
): string | undefined => {
  const value = said.trim();
  switch (name) {
    case 'accept-language':
      return coarse ? mainLanguage(value, languages) : askedLanguages(value, languages);
    case 'user-agent':
      return userAgents === 'device' || coarse ? deviceUserAgent(value) : value;
    case 'sec-ch-ua-mobile':
      return value === '?1' || value === '?0' ? value : undefined;
    default:
      return value === '' ? undefined : value;
  }
};
