/** What both stores keep of the policy's versions as JSON, and believe when they read it back. */
import { z } from 'zod';
import type {
  Desk,
  Draft,
  DraftEnd,
  FileMark,
  Head,
  Held,
  NewestVersion,
  NoDraft,
  Scheduled,
} from '../policy/versions/desk.ts';
import type { VersionSummary } from '../policy/versions/version.ts';
import { type FieldsOf, parseJson } from './json-schema.ts';

const text = z.string().min(1);
const moment = z.int();
const number = z.int().positive();
const count = z.int().nonnegative();

const summaryFields = {
  number,
  version: text,
  author: text,
  note: z.string(),
  createdAt: moment,
  publishedAt: moment,
  from: number.optional(),
  made: z.enum(['edited', 'rolled-back', 'file']),
} satisfies FieldsOf<VersionSummary>;

const newest = z.object({ ...summaryFields, textHash: text } satisfies FieldsOf<NewestVersion>);

const draft = z.object({
  kind: z.literal('draft'),
  text: z.string(),
  basedOn: count,
  revision: number,
  author: text,
  changedAt: moment,
} satisfies FieldsOf<Draft & { kind: 'draft' }>);

const noDraft = z.object({
  kind: z.literal('none'),
  revision: count,
  ended: z
    .object({
      how: z.enum(['published', 'scheduled', 'discarded']),
      author: text,
      at: moment,
    } satisfies FieldsOf<DraftEnd>)
    .optional(),
} satisfies FieldsOf<NoDraft>);

const scheduled = z.object({
  id: text,
  text: z.string(),
  basedOn: count,
  author: text,
  note: z.string(),
  createdAt: moment,
  dueAt: moment,
  made: z.enum(['edited', 'rolled-back']),
  from: number.optional(),
  regardless: z.boolean(),
  held: z.object({ why: z.enum(['overtaken', 'faulty']), at: moment } satisfies FieldsOf<Held>).optional(),
} satisfies FieldsOf<Scheduled>);

const fileMark = z.object({ textHash: text, number } satisfies FieldsOf<FileMark>);

const desk = z.object({
  revision: count,
  newest: newest.optional(),
  draft: z.discriminatedUnion('kind', [draft, noDraft]),
  scheduled: z.array(scheduled),
  file: fileMark.optional(),
} satisfies FieldsOf<Desk>);

const head = z.object({
  newest: z.object({ number, version: text, publishedAt: moment }).optional(),
  nextDueAt: moment.optional(),
  file: fileMark.optional(),
} satisfies FieldsOf<Head>);

const summary = z.object(summaryFields);

/** Undefined when the text is not such a record. */
export const parseDesk = (json: string) => parseJson(desk, json) as Desk | undefined;
export const parseHead = (json: string) => parseJson(head, json) as Head | undefined;
export const parseSummary = (json: string) => parseJson(summary, json) as VersionSummary | undefined;
/** Texts too are kept as JSON, which half a surrogate pair or a zero character passes unharmed. */
export const parseText = (json: string) => parseJson(z.string(), json) as string | undefined;

/** @throws ZodError for what could not be read back, such as a time that is no number. */
export const deskJson = (value: Desk): string => JSON.stringify(desk.parse(value));
/** Equal heads, equal text: that it differs is how a store knows that there is something to tell. */
export const headJson = (value: Head): string => JSON.stringify(head.parse(value));
export const summaryJson = (value: VersionSummary): string => JSON.stringify(summary.parse(value));
