/** Policy files in many hands' styles, and edits of them. */
import * as fc from 'fast-check';
import { Document, isCollection, isMap, isScalar, isSeq, visit } from 'yaml';
import type { PolicyEdit } from '../../../src/policy/edit/policy-edit.ts';

const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
const oneOrMany = (list: fc.Arbitrary<string[]>) =>
  fc.tuple(list, fc.boolean()).map(([all, one]) => (one && all.length === 1 ? all[0] : all));

const whens = fc.record(
  {
    publication: oneOrMany(some('tide', 'lamp')),
    section: oneOrMany(some('Food', 'World: news', 'a, b')),
    tag: oneOrMany(some('sea', '#night', "it's")),
    path: oneOrMany(some('/news/**', '/*')),
    level: oneOrMany(some('open', 'metered')),
    olderThanDays: fc.integer({ min: 0, max: 10 }),
    newerThanDays: fc.integer({ min: 11, max: 40 }),
  },
  { requiredKeys: [] },
);

const cutoffs = fc.oneof(
  fc.record(
    { characters: fc.integer({ min: 0, max: 5000 }), ending: fc.constantFrom('exact', 'word') },
    { requiredKeys: ['characters'] },
  ),
  fc.record(
    { words: fc.integer({ min: 0, max: 500 }), atMost: fc.constantFrom(30, 50, 100) },
    { requiredKeys: ['words'] },
  ),
  fc.record(
    { marker: fc.constantFrom('more', '#cut', '.a > .b'), otherwise: fc.constant({ percent: 12.5 }) },
    { requiredKeys: ['marker'] },
  ),
);

const access = fc.constantFrom('open', 'registered', 'metered', 'locked', 'own-or-metered', 'own-or-open');

const meters = fc.record(
  {
    window: fc.constantFrom('day', 'month', '30 days'),
    visitor: fc.integer({ min: 0, max: 9 }),
    registered: fc.integer({ min: 0, max: 9 }),
    networkAllowance: fc.integer({ min: 1, max: 300 }),
    on: fc.boolean(),
  },
  { requiredKeys: [] },
);

const terms = {
  access,
  meter: fc.constantFrom('main', 'food'),
  products: oneOrMany(some('all', 'tide-only')),
  cutoff: cutoffs,
};

const rule = (name: string) =>
  fc.record(
    { name: fc.constant(name), when: whens, ...terms },
    { requiredKeys: ['name', 'access', 'meter', 'products'] },
  );

const texts = fc.constantFrom(
  'Plain',
  'With: colon',
  "it's # not a comment",
  'two\nlines\n',
  '“quoted”',
  '- dash',
  'yes',
);

/** As written, before it has a style. Sound: every part names what it stands on. */
export const rawPolicies = fc
  .record(
    {
      site: fc.record(
        { name: texts, timeZone: fc.constantFrom('UTC', 'Europe/London') },
        { requiredKeys: [] },
      ),
      publications: fc.constant([
        { id: 'tide', name: 'The Tidewater Review', paths: '/tide/**' },
        { id: 'lamp', name: 'Lamplight' },
      ]),
      products: fc.constant([
        { id: 'all', name: 'Everything' },
        { id: 'tide-only', name: 'Tide', description: 'Only: tide' },
      ]),
      plans: fc.constantFrom(
        [],
        [{ id: 'monthly', name: 'Monthly', products: 'all', price: 'p1', interval: 'month' }],
        [
          { id: 'monthly', name: 'Monthly', products: ['all'], trialDays: 3 },
          { id: 'pass', name: 'Pass', products: ['all', 'tide-only'], passDays: 7 },
        ],
      ),
      billing: fc.record({ graceDays: fc.integer({ min: 0, max: 9 }) }),
      meters: fc.record({ main: meters, food: meters }),
      cutoff: cutoffs,
      rules: fc.subarray(['a', 'b', 'c-1', 'long-name', 'e']).chain((names) => fc.tuple(...names.map(rule))),
      otherwise: fc.record(terms, { requiredKeys: ['meter', 'products'] }),
      preview: fc.record({ related: fc.boolean() }),
      messages: fc.record(
        { en: fc.record({ line: texts }), de: fc.record({ line: texts, other: texts }) },
        { requiredKeys: ['en'] },
      ),
    },
    { requiredKeys: ['publications', 'products', 'meters', 'otherwise'] },
  )
  .chain((policy) =>
    fc
      .shuffledSubarray(Object.keys(policy), { minLength: Object.keys(policy).length })
      .map((keys) => Object.fromEntries(keys.map((key) => [key, policy[key as keyof typeof policy]]))),
  );

/** A text for the values, with comments, in a style that the seed chooses. */
export const styled = (raw: unknown, seed: number): string => {
  let state = seed >>> 0;
  const chance = (share: number): boolean => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 < share;
  };
  const withAliases = chance(0.2);
  const document = new Document(withAliases ? shared(raw) : raw, { aliasDuplicateObjects: withAliases });
  const wholeInFlow = chance(0.05);
  visit(document, (_key, node, path) => {
    if (isScalar(node) && typeof node.value === 'string' && chance(0.2))
      node.type = chance(0.5) ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE';
    if (!isCollection(node)) return;
    const inFlow = path.some((around) => isCollection(around) && around.flow);
    if (inFlow) return;
    if (wholeInFlow || (path.length > 1 && chance(0.35))) node.flow = true;
    if (node.flow || node.items.length === 0) return;
    for (const item of node.items) {
      const target = isMap(node) ? (item as { key: unknown }).key : item;
      if (chance(0.2) && (isScalar(target) || isMap(target) || isSeq(target)))
        target.commentBefore = ` about ${Math.floor(state % 1000)}`;
      if (chance(0.3) && (isScalar(target) || isMap(target))) target.spaceBefore = true;
      const value = isMap(node) ? (item as { value: unknown }).value : item;
      if (chance(0.2) && isScalar(value) && !String(value.value).includes('\n'))
        value.comment = ` beside ${state % 1000}`;
    }
  });
  const text = document.toString({
    lineWidth: 0,
    indentSeq: chance(0.6),
    indent: chance(0.8) ? 2 : 4,
    flowCollectionPadding: chance(0.5),
  });
  const ended = chance(0.9) ? text : text.trimEnd();
  return chance(0.2) ? ended.replaceAll('\n', '\r\n') : ended;
};

export const policyTexts = fc.tuple(rawPolicies, fc.nat()).map(([raw, seed]) => styled(raw, seed));

const names = fc.constantFrom('a', 'b', 'c-1', 'long-name', 'e', 'nobody');
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 });
const badNumbers = fc.constantFrom(-1, 2.5, 1e9);
const partly = (fields: Record<string, fc.Arbitrary<unknown>>) => fc.record(fields, { requiredKeys: [] });

const asLists = (value: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      typeof entry === 'string' && key !== 'ending' ? [entry] : entry,
    ]),
  );

const ruleFields = {
  when: nullable(whens.map(asLists)),
  access: fc.oneof({ weight: 5, arbitrary: access }, { weight: 1, arbitrary: fc.constant('meterd') }),
  meter: fc.constantFrom('main', 'food', 'nobody'),
  products: fc.constantFrom(['all'], ['tide-only', 'all'], ['nothing'], []),
  cutoff: nullable(cutoffs),
};

const meterFields = {
  window: nullable(fc.constantFrom('week', '7 days', 'year')),
  visitor: nullable(fc.oneof(fc.integer({ min: 0, max: 9 }), badNumbers)),
  registered: nullable(fc.integer({ min: 0, max: 9 })),
  networkAllowance: nullable(fc.integer({ min: 0, max: 9 })),
  on: fc.boolean(),
};

export const edits = fc.oneof(
  fc.record({
    kind: fc.constant('set-meter'),
    id: fc.constantFrom('main', 'food', 'x'),
    set: partly(meterFields),
  }),
  fc.record({
    kind: fc.constant('add-meter'),
    id: fc.constantFrom('third', 'main', 'Bad Id'),
    meter: meters,
  }),
  fc.record({
    kind: fc.constant('rename-meter'),
    id: fc.constantFrom('main', 'food'),
    to: fc.constantFrom('new', 'main', 'Bad Id'),
  }),
  fc.record({ kind: fc.constant('remove-meter'), id: fc.constantFrom('main', 'food') }),
  fc.record({
    kind: fc.constant('set-rule'),
    name: names,
    set: partly({ name: fc.constantFrom('a', 'z', 'otherwise'), ...ruleFields }),
  }),
  fc.record({ kind: fc.constant('move-rule'), name: names, place: fc.integer({ min: -1, max: 7 }) }),
  fc.record({ kind: fc.constant('remove-rule'), name: names }),
  fc
    .tuple(
      fc.record({ name: fc.constantFrom('new', 'a'), ...ruleFields }),
      fc.option(fc.nat(6), { nil: undefined }),
    )
    .map(([rule, place]) => ({
      kind: 'add-rule',
      rule: { ...rule, when: rule.when ?? {}, cutoff: rule.cutoff ?? { words: 3 } },
      ...(place === undefined ? {} : { place }),
    })),
  fc.record({ kind: fc.constant('set-cutoff'), cutoff: nullable(cutoffs) }),
  fc.record({
    kind: fc.constant('set-message'),
    locale: fc.constantFrom('en', 'de', 'fr', 'klingonese'),
    key: fc.constantFrom('line', 'new'),
    text: nullable(texts),
  }),
  fc.record({
    kind: fc.constant('add-entry'),
    list: fc.constant('plans'),
    id: fc.constantFrom('p2', 'monthly'),
    entry: fc.constantFrom({ name: 'P', products: ['all'] }, { name: '', products: ['x'] }),
  }),
  fc.record({
    kind: fc.constant('add-entry'),
    list: fc.constantFrom('products', 'publications'),
    id: fc.constantFrom('p2', 'all'),
    entry: fc.constant({ name: 'P: x' }),
  }),
  fc.record({
    kind: fc.constant('set-entry'),
    list: fc.constantFrom('products', 'publications'),
    id: fc.constantFrom('tide', 'all'),
    set: fc.constantFrom({ name: 'New' }, { name: null }, {}),
  }),
  fc.record({
    kind: fc.constant('remove-entry'),
    list: fc.constantFrom('products', 'publications', 'plans'),
    id: fc.constantFrom('tide', 'all', 'tide-only', 'monthly', 'lamp'),
  }),
  fc.record({
    kind: fc.constant('set-section'),
    section: fc.constant('billing'),
    set: partly({
      graceDays: nullable(fc.constantFrom(3, 7, 100)),
      refunded: fc.constantFrom('keep', 'stop'),
    }),
  }),
  fc.record({
    kind: fc.constant('set-section'),
    section: fc.constant('otherwise'),
    set: partly({ access, meter: nullable(fc.constantFrom('main', 'food')), cutoff: nullable(cutoffs) }),
  }),
  fc.record({
    kind: fc.constant('set-section'),
    section: fc.constant('site'),
    set: partly({ name: nullable(texts), contact: nullable(fc.constantFrom('a@example.com', 'x')) }),
  }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<PolicyEdit>;

/** Equal groups and lists as the very same object, which is then written once and named again. */
const shared = (value: unknown, seen = new Map<string, unknown>()): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const sign = JSON.stringify(value);
  const copy = Array.isArray(value)
    ? value.map((entry) => shared(entry, seen))
    : Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shared(entry, seen)]));
  if (!seen.has(sign)) seen.set(sign, copy);
  return seen.get(sign);
};
