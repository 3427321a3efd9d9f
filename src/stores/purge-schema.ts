/** What both stores keep of purges, and believe when they read it back. */
import { z } from 'zod';
import type { Purge } from '../gate/purge.ts';
import { type FieldsOf, parseJson } from './json-schema.ts';

/** An instance that was away for longer forgets everything. */
export const purgesKept = 200;

const purge = z.object({
  addresses: z.array(z.string()),
  prefixes: z.array(z.string()),
  tags: z.array(z.string()),
  all: z.boolean(),
  by: z.string().optional(),
} satisfies FieldsOf<Purge>);

export const parsePurge = (json: string): Purge | undefined => parseJson(purge, json) as Purge | undefined;
