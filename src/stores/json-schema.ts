/** How a record that is kept as JSON is read back: as exactly what its schema says, or not at all. */
import type { z } from 'zod';

/** A schema for each field of the record and for no other, so that a new field can't be forgotten and lost on reading. */
export type FieldsOf<Kept> = { readonly [Field in keyof Required<Kept>]: z.ZodType };

/** Undefined when the text is not such a record. */
export function parseJson(schema: z.ZodType, json: string): unknown {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
