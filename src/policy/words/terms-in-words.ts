/** What a rule gives to the articles it holds for, in words. */
import type { Meter, Policy, RuleTerms } from '../policy.ts';
import { countInWords, listInWords, numberInWords } from './list-in-words.ts';
import { periodInWords } from './window-in-words.ts';

type Names = Pick<Policy, 'meters' | 'products'>;

/** Such as `3 free reads a month from the meter main, 5 with an account; then subscribers to Everything`. */
export const termsInWords = (terms: RuleTerms, names: Names): string => {
  const words = accessInWords(terms, names);
  if (!terms.ownLevelFirst) return words;
  const { meter } = terms;
  const unsaid = `where an article doesn’t say its own level: ${words}`;
  const others = `otherwise what it says`;
  const counted =
    terms.access !== 'metered' && meter !== undefined ? `, counted by the meter ${meter} if metered` : '';
  const opened =
    terms.access === 'open' || terms.access === 'registered'
      ? `, opened to ${subscribers(terms, names)}`
      : '';
  return `${unsaid}; ${others}${counted}${opened}`;
};

const accessInWords = (terms: RuleTerms, names: Names): string => {
  switch (terms.access) {
    case 'open':
      return 'everyone reads them';
    case 'registered':
      return 'readers with an account';
    case 'locked':
      return subscribers(terms, names);
    case 'metered': {
      const meter = names.meters.find(({ id }) => id === terms.meter);
      return meter ? `${readsInWords(meter)}; then ${subscribers(terms, names)}` : subscribers(terms, names);
    }
  }
};

const readsInWords = ({ id, on, window, allowance: { visitor, registered } }: Meter): string => {
  if (!on) return `no free reads, since the meter ${id} is off`;
  const account = registered === visitor ? '' : `, ${numberInWords(registered)} with an account`;
  return `${countInWords(visitor, 'free read')} ${periodInWords(window)} from the meter ${id}${account}`;
};

const subscribers = ({ products }: RuleTerms, names: Names): string => {
  const known = products.map((id) => names.products.find((product) => product.id === id)?.name ?? id);
  return known.length === 0 ? 'nobody' : `subscribers to ${listInWords(known, 'or')}`;
};
