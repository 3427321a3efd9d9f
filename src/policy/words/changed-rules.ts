/** Differences of rules, of their order, and of what applies when none holds. */
import { isDeepStrictEqual } from 'node:util';
import type { Policy, Rule, RuleTerms } from '../policy.ts';
import type { Change, Turn } from './change.ts';
import { conditionsInWords } from './conditions-in-words.ts';
import { cutoffInWords } from './cutoff-in-words.ts';
import { listInWords } from './list-in-words.ts';
import { longestRise } from './longest-rise.ts';
import { termsInWords } from './terms-in-words.ts';

export const changedRules = ({ was, is }: Turn<Policy>): readonly Change[] => {
  const before = new Map(was.rules.map((rule) => [rule.id, rule]));
  const after = new Set(is.rules.map(({ id }) => id));
  const stayed = is.rules.flatMap((rule) => {
    const former = before.get(rule.id);
    return former ? [{ id: rule.id as string, was: former, is: rule }] : [];
  });
  return [
    ...was.rules.filter(({ id }) => !after.has(id)).map(({ id }) => about(id, `Rule ${id} is gone`)),
    ...is.rules.flatMap((rule, index) => (before.has(rule.id) ? [] : [newRule(rule, index, is)])),
    ...movedRules(was.rules, is.rules),
    ...together(
      stayed.flatMap(({ id, ...turn }) => ruleDifferences(turn, { was, is }).map((words) => ({ id, words }))),
    ),
  ];
};

export const changedOtherwise = ({ was, is }: Turn<Policy>): readonly Change[] =>
  termsDifferences({ was: was.otherwise, is: is.otherwise }, { was, is }).map((words) => ({
    area: 'otherwise',
    about: '',
    words: `Where no rule holds: ${words}`,
  }));

const about = (id: string, words: string): Change => ({ area: 'rules', about: id, words });

const newRule = (rule: Rule, index: number, policy: Policy): Change => {
  const below = policy.rules[index + 1];
  const place = below ? `above ${below.id}` : 'below all others';
  const holdsFor = conditionsInWords(rule.when, policy.publications);
  const cut = rule.access === 'open' ? '' : `; previews end ${cutoffInWords(rule.cutoff)}`;
  return about(rule.id, `New rule ${rule.id} ${place}: ${holdsFor}: ${termsInWords(rule, policy)}${cut}`);
};

/** As few as explain the new order; each is told by the rule that it now stands above. */
const movedRules = (was: readonly Rule[], is: readonly Rule[]): readonly Change[] => {
  const places = new Map(was.map(({ id }, index) => [id, index]));
  const stayed = is.flatMap(({ id }) => {
    const place = places.get(id);
    return place === undefined ? [] : [{ id, place }];
  });
  const unmoved = longestRise(stayed.map(({ place }) => place));
  return stayed.flatMap(({ id }, index) => {
    if (unmoved.has(index)) return [];
    const below = stayed[index + 1];
    return [about(id, `Rule ${id} moved ${below ? `above ${below.id}` : 'below all others'}`)];
  });
};

/** The same difference of many rules, as of the policy's own cutoff, is one change. */
const together = (
  differences: readonly { readonly id: string; readonly words: string }[],
): readonly Change[] => {
  const byWords = new Map<string, string[]>();
  for (const { id, words } of differences) {
    const ids = byWords.get(words);
    if (ids) ids.push(id);
    else byWords.set(words, [id]);
  }
  return [...byWords].flatMap(([words, ids]) =>
    ids.length < manyRules
      ? ids.map((id) => about(id, `Rule ${id}: ${words}`))
      : [about('', `Rules ${listInWords(ids, 'and', 4)}: ${words}`)],
  );
};

const manyRules = 4;

const ruleDifferences = (rule: Turn<Rule>, policy: Turn<Policy>): readonly string[] => [
  ...(isDeepStrictEqual(rule.was.when, rule.is.when)
    ? []
    : [
        `now holds for ${conditionsInWords(rule.is.when, policy.is.publications)} instead of ${conditionsInWords(rule.was.when, policy.was.publications)}`,
      ]),
  ...termsDifferences(rule, policy),
];

const termsDifferences = ({ was, is }: Turn<RuleTerms>, policy: Turn<Policy>): readonly string[] => [
  ...(was.access === is.access && was.ownLevelFirst === is.ownLevelFirst
    ? []
    : [`now asks for ${askedFor(is)} instead of ${askedFor(was)}`]),
  ...(was.meter === is.meter || (was.access !== is.access && (!was.meter || !is.meter))
    ? []
    : [`free reads are now counted by ${meterName(is)} instead of ${meterName(was)}`]),
  ...(isDeepStrictEqual(was.products, is.products)
    ? []
    : [
        `articles are now opened by ${productNames(is, policy.is)} instead of ${productNames(was, policy.was)}`,
      ]),
  ...(isDeepStrictEqual(was.cutoff, is.cutoff)
    ? []
    : [`previews now end ${cutoffInWords(is.cutoff)} instead of ${cutoffInWords(was.cutoff)}`]),
];

const askedFor = ({ access, ownLevelFirst }: RuleTerms): string =>
  ownLevelFirst ? `what the article itself says, and else ${askedWords[access]}` : askedWords[access];

const askedWords: Readonly<Record<RuleTerms['access'], string>> = {
  open: 'nothing',
  registered: 'an account',
  metered: 'a free read or a subscription',
  locked: 'a subscription',
};

const meterName = ({ meter }: RuleTerms): string => (meter === undefined ? 'no meter' : `the meter ${meter}`);

const productNames = ({ products }: RuleTerms, policy: Policy): string => {
  const names = products.map((id) => policy.products.find((product) => product.id === id)?.name ?? id);
  return names.length === 0 ? 'nothing' : listInWords(names, 'or');
};
