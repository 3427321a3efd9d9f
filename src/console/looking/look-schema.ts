/** What a look at a page, or its explanation, is asked with: by an address of the console's and by a call of the API. */
import { z } from 'zod';

/** The readers that can be made up, in the order in which they are offered. */
export const madeUpReaders = [
  'visitor',
  'registered',
  'subscriber',
  'past-due',
  'gift',
  'crawler',
  'staff',
] as const;
export type MadeUpReader = (typeof madeUpReaders)[number];

export const mostReads = 999;

const products = z.array(z.string().min(1).max(100)).max(50);

/** Who looks: `reader` or `number` before `as`. */
export const whoFields = {
  as: z.enum(madeUpReaders).default('visitor').describe('Somebody made up.'),
  reads: z.coerce
    .number()
    .int()
    .min(0)
    .max(mostReads)
    .default(0)
    .describe('So many other articles of the meter have been read in this window.'),
  product: z
    .union([z.string().min(1).max(100), products])
    .optional()
    .describe('What a subscriber, somebody past due or a gift holds; default: the policy’s first product.'),
  reader: z.string().max(254).optional().describe('A reader’s own state, by email address.'),
  number: z
    .string()
    .max(200)
    .optional()
    .describe('A reader’s or visitor’s own state, by the number at the foot of their pages.'),
};

export const policyField = z
  .enum(['published', 'draft'])
  .default('published')
  .describe('By what readers meet, or by the draft.');

export const addressField = z
  .string()
  .max(8192)
  .describe('The article: a path, or a whole address of this site.');

export const seeQuery = z.object({ address: addressField, ...whoFields, policy: policyField });
export type SeeAsked = z.output<typeof seeQuery>;

export const explainQuery = z.object({
  address: addressField.default(''),
  ...whoFields,
  code: z
    .string()
    .max(60)
    .optional()
    .describe('The reference that a prompt ends in; it names article, reader’s kind and policy.'),
  policy: policyField,
});
export type ExplainAsked = z.output<typeof explainQuery>;

const formAs = z.enum([...madeUpReaders, 'named', 'reference']);
export type FormAs = z.output<typeof formAs>;

/** As the forms send it: every field, whether it is meant or not. */
export const lookForm = z.object({
  address: z.string().max(8192).default(''),
  as: formAs.default('visitor'),
  reads: z.string().max(20).default(''),
  product: z.string().max(100).default(''),
  who: z.string().max(254).default(''),
  code: z.string().max(60).default(''),
  policy: policyField,
});
export type LookForm = z.output<typeof lookForm>;

/** A page can't be seen as a reference says: that names no picture. */
export const seeForm = lookForm.extend({ as: formAs.exclude(['reference']).default('visitor') });

/** The address of the console’s own page; without an article nothing is asked yet. */
export const seePageQuery = z.object({ address: addressField.default(''), ...whoFields });

/** The form before anything is asked. */
export const emptyLook: LookForm = lookForm.parse({});

export const unreadable = 'This isn’t how a look is asked for: choose an article and a reader once more.';
