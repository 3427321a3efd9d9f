/** What the policy's calls answer: the desk, versions, changes in words and faults. Moments are ISO 8601. */
import { z } from 'zod';
import { faultCodes, warningCodes } from '../../policy/policy-fault.ts';
import { longestNote } from '../../policy/versions/version.ts';
import { moment } from '../api/moment.ts';

const count = z.number().int().min(0);
const made = z.enum(['edited', 'rolled-back', 'file']);

export const changeSchema = z.strictObject({
  area: z.string().describe('The policy’s section.'),
  about: z.string().describe('The id, name or field that it is about; empty for several at once.'),
  words: z.string().describe('A sentence without its full stop.'),
});

/** Null where one of the two texts has faults. */
export const changesSchema = z.array(changeSchema).nullable();

export const faultSchema = z.strictObject({
  code: z.enum([...faultCodes, ...warningCodes]),
  path: z.string().describe('Such as rules[2].when.tag; empty for the whole text.'),
  line: z.number().int().min(1),
  column: z.number().int().min(1),
  message: z.string(),
  instead: z.string().describe('What to write instead.'),
});

export const checkedSchema = z.strictObject({
  faults: z
    .array(faultSchema)
    .describe('Each keeps the text from being published. The first hundred, in the order of the lines.'),
  moreFaults: count.describe('So many more there are, which aren’t named.'),
  warnings: z.array(faultSchema).describe('What is hardly meant: the first hundred.'),
  moreWarnings: count,
});

export const versionSchema = z.strictObject({
  number: z.number().int().min(1),
  version: z.string().describe('Of what the text says: the same for texts that differ in comments alone.'),
  author: z.string().describe('An operator’s address, or file.'),
  note: z.string(),
  createdAt: moment.describe('When it was handed in.'),
  publishedAt: moment.describe('When it came into force.'),
  from: z.number().int().exactOptional().describe('The version that it was made from.'),
  made,
});

export const versionWithTextSchema = versionSchema.extend({ text: z.string() });

export const scheduledSchema = z.strictObject({
  id: z.string(),
  basedOn: count,
  author: z.string(),
  note: z.string(),
  createdAt: moment,
  dueAt: moment,
  made: z.enum(['edited', 'rolled-back']),
  from: z.number().int().exactOptional(),
  regardless: z.boolean(),
  held: z
    .strictObject({ why: z.enum(['overtaken', 'faulty']), at: moment })
    .exactOptional()
    .describe('Its time came and it could not be published.'),
});

export const draftSchema = checkedSchema.extend({
  text: z.string(),
  revision: count,
  basedOn: count.describe('The version that it was made from.'),
  author: z.string().describe('Who changed it last.'),
  changedAt: moment,
});

export const deskSchema = z.strictObject({
  revision: count.describe('To be named by whoever saves, edits, discards or publishes.'),
  published: versionWithTextSchema,
  draft: draftSchema.nullable(),
  scheduled: z.array(scheduledSchema),
  changes: changesSchema.describe('What the draft changes of what is in force; null where it has faults.'),
});

export const publishedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('published'), version: versionSchema }),
  z.strictObject({ kind: z.literal('scheduled'), scheduled: scheduledSchema }),
]);

export const editedSchema = z.strictObject({
  kind: z.enum(['saved', 'unchanged']).describe('unchanged: the policy says so already.'),
  revision: count.describe('To be named by the next change.'),
  changes: changesSchema.describe('What the draft now changes of what is in force.'),
});

export const comparedSchema = z.strictObject({
  against: z.number().int().describe('The version in force.'),
  identical: z.boolean().describe('To the last character.'),
  changes: changesSchema,
  warnings: checkedSchema.shape.warnings,
  moreWarnings: checkedSchema.shape.moreWarnings,
});

export const pageSchema = z.strictObject({
  versions: z.array(versionSchema),
  next: z.number().int().exactOptional().describe('`before` of the next page; left out: this is the last.'),
});

export const versionChangesSchema = z.strictObject({
  number: z.number().int(),
  against: count.describe('0: there was none before it.'),
  changes: changesSchema,
});

export const textBody = z.strictObject({ text: z.string().describe('YAML, of at most a mebibyte.') });

export const revisionBody = z.strictObject({
  revision: count.describe('Of the draft as it was read, also where there was none.'),
});

export const saveBody = z.strictObject({
  ...revisionBody.shape,
  ...textBody.shape,
  basedOn: count
    .exactOptional()
    .describe('The version that the text was made from; left out: the one that the draft was made from.'),
});

export const orderFields = {
  note: z.string().max(longestNote).default(''),
  at: z.iso
    .datetime({ offset: true })
    .exactOptional()
    .describe('When it is to come into force; left out, or past: at once.'),
  regardless: z
    .boolean()
    .default(false)
    .describe('Even though another version was published since, or will have been by then.'),
};

export const versionParams = z.strictObject({
  number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
});

const order = z.strictObject(orderFields);

export type ApiOrder = z.output<typeof order>;
export type ApiFault = z.output<typeof faultSchema>;
export type ApiChange = z.output<typeof changeSchema>;
export type ApiVersion = z.output<typeof versionSchema>;
export type ApiDesk = z.output<typeof deskSchema>;
export type ApiEdited = z.output<typeof editedSchema>;
export type ApiCompared = z.output<typeof comparedSchema>;
export type ApiVersionChanges = z.output<typeof versionChangesSchema>;
export type ApiPublished = z.output<typeof publishedSchema>;
