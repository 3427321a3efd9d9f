/** What the rules' forms send: texts of bounded length, one or many under a name. */
import { z } from 'zod';
import { readEntries, writeEntries } from './entry-list.ts';

const longestText = 300_000;
const one = z.string().max(longestText);
const text = z.preprocess(firstOf, one.trim().default(''));
const many = z.preprocess(listOf, z.array(one).max(5000));
/** A field and the one below it that adds to the list. */
const list = many.transform((texts) => writeEntries(texts.flatMap(readEntries)));

const terms = {
  access: text,
  meter: text,
  products: many,
  cutoffBy: text,
  cutoffCount: text,
  cutoffEnding: text,
};

/** Of the working text as the page showed it. */
export const revision = z.preprocess(firstOf, z.coerce.number().int().min(0));

export const termsForm = z.object({ revision, ...terms });

export const ruleForm = z.object({
  revision,
  /** The name it has; absent for a new one. */
  rule: z.preprocess(firstOf, one.optional()),
  name: text,
  publication: many,
  section: list,
  tag: list,
  author: list,
  path: list,
  language: list,
  level: many,
  olderThanDays: text,
  newerThanDays: text,
  place: text,
  ...terms,
});

const number = z.preprocess(firstOf, z.coerce.number().int().min(1).max(1_000_000));
const name = z.preprocess(firstOf, one.min(1));

/** A row's own buttons; or the field for long lists, which names rules by their numbers; or a name and a number. */
export const moveForm = z.union([
  z.object({ revision, up: name }),
  z.object({ revision, down: name }),
  z.object({ revision, name, to: number }),
  z.object({ revision, from: number, to: number }),
]);

export const removeForm = z.object({ revision, name });

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function listOf(value: unknown): unknown {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
