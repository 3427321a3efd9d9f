/** An edit of the policy as a program sends it: exactly what `PolicyEdit` is, and nothing beside. */
import { z } from 'zod';
import type { PolicyEdit } from '../../policy/edit/policy-edit.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

/** Fields that may be left out. */
const some = <Fields extends Shape>(
  fields: Fields,
): { [Key in keyof Fields]: z.ZodExactOptional<Fields[Key]> } =>
  mapped(fields, (field) => z.exactOptional(field)) as never;

/** Fields to change: the new value, or null for "back to the default". */
const changesOf = <Fields extends Shape>(
  fields: Fields,
): z.ZodObject<{ [Key in keyof Fields]: z.ZodExactOptional<z.ZodNullable<Fields[Key]>> }, z.core.$strict> =>
  z.strictObject(mapped(fields, (field) => z.exactOptional(z.nullable(field)))) as never;

const mapped = (fields: Shape, change: (field: z.ZodType) => z.ZodType): Shape =>
  Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, change(field)]));

// What the values may be is said by the policy's own schema, of the whole text, at their fields.
const text = z.string();
const texts = z.array(text);
const number = z.number();
const flag = z.boolean();

const when = z.strictObject(
  some({
    ...{ publication: texts, section: texts, tag: texts, author: texts, path: texts, language: texts },
    ...{ level: texts, olderThanDays: number, newerThanDays: number },
  }),
);

const counted = {
  ...{ characters: number, words: number, paragraphs: number, percent: number },
  ...{ ending: text, atMost: number },
};
const cutoff = z.strictObject(some({ ...counted, marker: text, otherwise: z.strictObject(some(counted)) }));

const termsBesidesAccess = { meter: text, products: texts, cutoff };
const meter = {
  ...{ window: text, visitor: number, registered: number, networkAllowance: number, on: flag },
};
const ruleBesides = { ...termsBesidesAccess, when };

const sections = {
  site: { name: text, language: text, timeZone: text, contact: text },
  otherwise: { access: text, ...termsBesidesAccess },
  preview: { moreFrom: flag, related: flag, notice: flag },
  whenDown: { meter: text, entitlements: text },
  billing: { graceDays: number, refunded: text, disputed: text, reconcileMinutes: number },
  devices: { allowed: number },
  originCache: {
    ...{ seconds: number, staleSeconds: number, personalCookies: texts, harmlessCookies: texts },
    ...{ vary: texts, userAgents: text, languages: texts },
  },
  originHeaders: { pass: texts },
  staff: { probe: texts, cookies: texts },
  sentry: {
    ...{ on: flag, pass: texts, stop: texts, memoryMiB: number },
    forms: z.array(z.strictObject({ path: text, ...some({ article: text }) })),
    learn: z.strictObject(some({ on: flag, perSecond: number, maxArticles: number, everyMinutes: number })),
  },
} as const;

const setSection = <Name extends keyof typeof sections>(section: Name) =>
  z.strictObject({
    kind: z.literal('set-section'),
    section: z.literal(section),
    set: changesOf(sections[section]),
  });

const publication = { needed: { name: text }, besides: { paths: texts, tagline: text } };
const product = { needed: { name: text }, besides: { description: text } };
const plan = {
  needed: { name: text, products: texts },
  besides: {
    ...{ description: text, price: text, interval: text, trialDays: number, promotionCodes: flag },
    ...{ passDays: number, offeredAt: when },
  },
};

const listed = <Kind extends string, Name extends string>(kind: Kind, list: Name) =>
  ({ kind: z.literal(kind), list: z.literal(list), id: text }) as const;

interface Entry<Needed extends Shape, Besides extends Shape> {
  readonly needed: Needed;
  readonly besides: Besides;
}

const addEntry = <Name extends string, Needed extends Shape, Besides extends Shape>(
  list: Name,
  { needed, besides }: Entry<Needed, Besides>,
) =>
  z.strictObject({
    ...listed('add-entry', list),
    entry: z.strictObject({ ...needed, ...some(besides) }),
  });

const setEntry = <Name extends string, Needed extends Shape, Besides extends Shape>(
  list: Name,
  { needed, besides }: Entry<Needed, Besides>,
) => z.strictObject({ ...listed('set-entry', list), set: changesOf({ ...needed, ...besides }) });

const removeEntry = <Name extends string>(list: Name) => z.strictObject(listed('remove-entry', list));

const place = z.number().int().min(0);

export const policyEditSchema = z
  .discriminatedUnion('kind', [
    z.discriminatedUnion('section', [
      setSection('site'),
      setSection('otherwise'),
      setSection('preview'),
      setSection('whenDown'),
      setSection('billing'),
      setSection('devices'),
      setSection('originCache'),
      setSection('originHeaders'),
      setSection('staff'),
      setSection('sentry'),
    ]),
    z.discriminatedUnion('list', [
      addEntry('publications', publication),
      addEntry('products', product),
      addEntry('plans', plan),
    ]),
    z.discriminatedUnion('list', [
      setEntry('publications', publication),
      setEntry('products', product),
      setEntry('plans', plan),
    ]),
    z.discriminatedUnion('list', [
      removeEntry('publications'),
      removeEntry('products'),
      removeEntry('plans'),
    ]),
    z.strictObject({ kind: z.literal('add-meter'), id: text, meter: z.strictObject(some(meter)) }),
    z.strictObject({ kind: z.literal('set-meter'), id: text, set: changesOf(meter) }),
    z.strictObject({ kind: z.literal('rename-meter'), id: text, to: text }),
    z.strictObject({ kind: z.literal('remove-meter'), id: text }),
    z.strictObject({
      kind: z.literal('add-rule'),
      rule: z.strictObject({ name: text, access: text, ...some(ruleBesides) }),
      place: place.exactOptional(),
    }),
    z.strictObject({
      ...{ kind: z.literal('set-rule'), name: text },
      set: changesOf({ name: text, access: text, ...ruleBesides }),
    }),
    z.strictObject({ kind: z.literal('move-rule'), name: text, place }),
    z.strictObject({ kind: z.literal('remove-rule'), name: text }),
    z.strictObject({ kind: z.literal('set-cutoff'), cutoff: cutoff.nullable() }),
    z.strictObject({ kind: z.literal('set-message'), locale: text, key: text, text: text.nullable() }),
  ])
  .describe('One change of the policy’s text, which keeps its comments, order and style.');

/** Neither less nor more: a field that one of the two doesn't have, or has otherwise, fails to compile here. */
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;
/** What may not be written to is as good as what may. */
type Written<Value> = Value extends readonly (infer Entry)[]
  ? Written<Entry>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Written<Value[Key]> }
    : Value;
/** With every field there, so that one that may be left out counts as well. */
type Filled<Value> = Value extends readonly (infer Entry)[]
  ? Filled<Entry>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]-?: Filled<Value[Key]> }
    : Value;
type Parsed = z.output<typeof policyEditSchema>;
true satisfies Same<Written<Parsed>, Written<PolicyEdit>> & Same<Filled<Parsed>, Filled<PolicyEdit>>;
