/** What differs between two policies, in words that a publisher can check before publishing. */
import { isDeepStrictEqual } from 'node:util';
import type { Conditions, Policy, Publication, SentryPolicy } from '../policy.ts';
import type { Area, Change, Turn } from './change.ts';
import { changedEntries } from './changed-entries.ts';
import { changedFields, changeInWords, valueInWords } from './changed-fields.ts';
import { changedMeters } from './changed-meters.ts';
import { changedOtherwise, changedRules } from './changed-rules.ts';
import { conditionsInWords } from './conditions-in-words.ts';
import { sectionWords } from './section-words.ts';

/** None exactly when the two say the same, whatever their texts look like. */
export const describeChanges = (before: Policy, after: Policy): readonly Change[] => {
  const turn: Turn<Policy> = { was: before, is: after };
  return areas.flatMap((area) => {
    if (isDeepStrictEqual(before[area], after[area])) return [];
    const changes = changesIn(area, turn);
    // Nothing may be published unseen, not even what no sentence was written for.
    return changes.length > 0 ? changes : [{ area, about: '', words: `${area} changed` }];
  });
};

const areas: readonly Area[] = [
  'site',
  'meters',
  'rules',
  'otherwise',
  'plans',
  'products',
  'publications',
  'messages',
  'preview',
  'billing',
  'devices',
  'whenDown',
  'articles',
  'originCache',
  'originHeaders',
  'staff',
  'sentry',
];

const changesIn = (area: Area, turn: Turn<Policy>): readonly Change[] => {
  const { was, is } = turn;
  switch (area) {
    case 'meters':
      return changedMeters({ was: was.meters, is: is.meters });
    case 'rules':
      return changedRules(turn);
    case 'otherwise':
      return changedOtherwise(turn);
    case 'publications':
      return changedEntries(area, 'publication', { was: was.publications, is: is.publications }, { labels });
    case 'products':
      return changedEntries(area, 'product', { was: was.products, is: is.products }, { labels });
    case 'plans': {
      const values = { offeredAt: offered(is.publications) };
      return changedEntries(area, 'plan', { was: was.plans, is: is.plans }, { labels, values });
    }
    case 'messages':
      return changedMessages({ was: was.messages, is: is.messages });
    case 'sentry':
      return changedSection(area, { was: levelled(was.sentry), is: levelled(is.sentry) });
    default:
      return changedSection(area, { was: was[area], is: is[area] });
  }
};

const changedSection = (area: keyof typeof sectionWords, { was, is }: Turn<object>): readonly Change[] =>
  changedFields<object>(was, is, { labels: sectionWords[area] }).map((change) => {
    const words = changeInWords(change);
    return { area, about: change.field, words: `${words[0]?.toUpperCase()}${words.slice(1)}` };
  });

/** Each field of learning for itself: nobody reads a group of them as one value. */
const levelled = ({ learn, ...fields }: SentryPolicy): object => ({
  ...fields,
  ...Object.fromEntries(Object.entries(learn).map(([field, value]) => [`learn.${field}`, value])),
});

const labels = {
  name: 'the name',
  tagline: 'the tagline',
  description: 'the description',
  paths: 'where its articles are',
  products: 'what it opens',
  price: 'Stripe’s price',
  interval: 'the time between payments',
  trialDays: 'days of trial',
  promotionCodes: 'taking promotion codes',
  passDays: 'days that the pass is good for',
  offeredAt: 'where it is offered',
} as const;

const offered =
  (publications: readonly Publication[]) =>
  (when: unknown): string =>
    when === undefined
      ? 'wherever its products open the article'
      : conditionsInWords(when as Conditions, publications);

type Messages = Policy['messages'];

const changedMessages = ({ was, is }: Turn<Messages>): readonly Change[] => {
  const locales = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return locales.flatMap((locale) => {
    const [before, after] = [was[locale] ?? {}, is[locale] ?? {}];
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key): Change[] => {
      const [from, to] = [before[key], after[key]];
      if (from === to) return [];
      const now = to === undefined ? 'is the built-in text again' : `changed: ${valueInWords(to)}`;
      return [{ area: 'messages', about: `${locale}.${key}`, words: `Message ${key} (${locale}) ${now}` }];
    });
  });
};
