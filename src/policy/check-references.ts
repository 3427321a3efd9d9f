/** Whether the parts of a policy fit each other: every name is defined once, and every name used is defined. */

import { type KnownMessages, messageFindings } from './check-messages.ts';
import { idFault } from './id-word.ts';
import { namesInWords } from './names-in-words.ts';
import type { Finding } from './policy-fault.ts';
import { at, entries, isEntry, isGiven, members, texts, type Written } from './raw-policy.ts';
import { unknownName } from './unknown-name.ts';

interface Names {
  readonly meters: readonly string[];
  readonly products: readonly string[];
  readonly publications: readonly string[];
}

/** Works on what was written, not on what was parsed, so that one faulty shape doesn't hide every faulty reference. */
export const checkReferences = (
  raw: unknown,
  defaults: { readonly meter: string; readonly product: string },
  messages?: KnownMessages,
): readonly Finding[] => {
  const policy: Written = { value: raw, at: [] };
  const names = namesIn(policy, defaults);
  const rules = entries(at(policy, 'rules')).filter(isEntry);
  return [
    ...['publications', 'products', 'plans'].flatMap((section) =>
      duplicates(entries(at(policy, section)), 'id'),
    ),
    ...duplicates(rules, 'name'),
    ...entries(at(policy, 'plans')).flatMap((plan) => [
      ...unknownProducts(plan, names),
      ...conditionFindings(at(plan, 'offeredAt'), names),
    ]),
    ...rules.flatMap((rule) => [...ruleFindings(rule, names), ...conditionFindings(at(rule, 'when'), names)]),
    ...(rules.some(holdsForAll) && !isGiven(at(policy, 'otherwise'))
      ? []
      : ruleFindings(otherwiseOf(policy), names)),
    ...members(at(policy, 'meters')).flatMap(meterIdFindings),
    ...messageFindings(at(policy, 'messages'), messages),
  ];
};

const namesIn = (policy: Written, defaults: { meter: string; product: string }): Names => {
  const idsOf = (section: Written) =>
    entries(section).flatMap((entry) => texts(at(entry, 'id')).map(({ text }) => text));
  const [meters, products] = [at(policy, 'meters'), at(policy, 'products')];
  return {
    meters: isGiven(meters) ? members(meters).map(({ key }) => key) : [defaults.meter],
    products: isGiven(products) ? idsOf(products) : [defaults.product],
    publications: idsOf(at(policy, 'publications')),
  };
};

const duplicates = (list: readonly Written[], key: string): readonly Finding[] => {
  const seen = new Set<string>();
  return list.flatMap((entry) => {
    const id = at(entry, key);
    if (typeof id.value !== 'string') return [];
    if (!seen.has(id.value)) {
      seen.add(id.value);
      return [];
    }
    const message = `${key} ${id.value} is already taken further up`;
    return [
      { code: 'duplicate-id' as const, at: id.at, message, instead: `another ${key}, such as ${id.value}-2` },
    ];
  });
};

const meterIdFindings = ({ key, at: path }: Written & { readonly key: string }): readonly Finding[] => {
  const fault = idFault(key);
  return fault ? [{ code: 'invalid-id', at: path, on: 'key', ...fault }] : [];
};

const holdsForAll = (rule: Written): boolean => members(at(rule, 'when')).length === 0;

/** Where nothing is written, the default is checked: it needs a meter and products like any other. */
const otherwiseOf = (policy: Written): Written => {
  const otherwise = at(policy, 'otherwise');
  return isGiven(otherwise) ? otherwise : { ...otherwise, value: {} };
};

const ruleFindings = (rule: Written, names: Names): readonly Finding[] => {
  const access = at(rule, 'access').value ?? 'own-or-metered';
  return [
    ...meterFindings(rule, access, names.meters),
    ...unknownProducts(rule, names),
    ...productsNeeded(rule, access, names.products),
  ];
};

const meterFindings = (rule: Written, access: unknown, meters: readonly string[]): readonly Finding[] => {
  const meter = at(rule, 'meter');
  if (isGiven(meter))
    return texts(meter).flatMap((used) => unknownName(used, meters, 'meter', 'unknown-meter'));
  const counts =
    access === 'metered' || access === 'own-or-metered' || (meters.length > 0 && isOwnFirst(access));
  if (meters.length === 1 || !counts) return [];
  return [
    {
      code: 'meter-needed',
      at: rule.at,
      message:
        meters.length === 0
          ? `${labelOf(rule)} is metered, and the policy has no meter`
          : `${labelOf(rule)} has to say which of the meters counts`,
      instead:
        meters.length === 0
          ? 'a meter under meters:, or access: locked'
          : `meter: ${namesInWords(meters, ' or meter: ')}`,
    },
  ];
};

const isOwnFirst = (access: unknown): boolean => typeof access === 'string' && access.startsWith('own-or-');

const productsNeeded = (rule: Written, access: unknown, products: readonly string[]): readonly Finding[] => {
  const sells = access === 'metered' || access === 'locked' || isOwnFirst(access);
  if (!sells || products.length <= 1 || isGiven(at(rule, 'products'))) return [];
  return [
    {
      code: 'products-needed',
      at: rule.at,
      message: `${labelOf(rule)} has to say which of the products open its articles`,
      instead: `products: [${namesInWords(products)}], or some of them`,
    },
  ];
};

const labelOf = (rule: Written): string => {
  const name = at(rule, 'name').value;
  if (typeof name === 'string') return `rule ${name}`;
  return rule.at[0] === 'otherwise' ? 'otherwise (what applies when no rule holds)' : 'this rule';
};

const unknownProducts = (user: Written, { products }: Names): readonly Finding[] =>
  texts(at(user, 'products')).flatMap((used) => unknownName(used, products, 'product', 'unknown-product'));

const conditionFindings = (when: Written, names: Names): readonly Finding[] => [
  ...texts(at(when, 'publication')).flatMap((used) =>
    unknownName(used, names.publications, 'publication', 'unknown-publication'),
  ),
  ...ageFindings(when),
];

const ageFindings = (when: Written): readonly Finding[] => {
  const [older, newer] = [at(when, 'olderThanDays'), at(when, 'newerThanDays')];
  if (typeof older.value !== 'number' || typeof newer.value !== 'number' || older.value < newer.value)
    return [];
  const message = `no article is ${older.value} days old or older and yet younger than ${newer.value} days`;
  const instead = `a newerThanDays above ${older.value}, or only one of the two`;
  return [{ code: 'age-contradiction', at: newer.at, message, instead }];
};
