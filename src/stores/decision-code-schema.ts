/** What both stores keep of a prompt's code, how long, and how many of them. */
import { z } from 'zod';
import type { CodedDecision } from '../gate/decision-code.ts';
import { type FieldsOf, parseJson } from './json-schema.ts';

export const codeKeptMs = 30 * 86_400_000;

/** About 30 MB. Strangers can have prompts made for addresses that nobody reads, so there must be an end to it. */
export const maxCodes = 100_000;

const text = z.string().min(1);
const count = z.int().nonnegative();

const standing = z.object({
  meter: text,
  left: count,
  of: count,
  resetsOn: text,
} satisfies FieldsOf<NonNullable<CodedDecision['standing']>>);

const codedDecision = z.object({
  article: text,
  policyVersion: text,
  rule: text,
  reason: text,
  audience: z.enum(['visitor', 'registered']),
  standing: standing.optional(),
} satisfies FieldsOf<CodedDecision>);

/** Undefined when the text is not such a record. */
export const parseCodedDecision = (json: string) =>
  parseJson(codedDecision, json) as CodedDecision | undefined;
