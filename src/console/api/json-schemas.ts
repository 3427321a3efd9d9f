/** The calls' zod schemas as JSON Schema (2020-12), each under a name of its own, ready for an OpenAPI document. */
import { z } from 'zod';
import type { Call } from './call.ts';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** By name: `PublishDraftBody`. They refer to each other by `#/components/schemas/…`. */
export type NamedSchemas = Readonly<Record<string, JsonSchema>>;

export const schemaBase = '#/components/schemas/';

export const bodyName = ({ id }: Pick<Call, 'id'>): string => `${capital(id)}Body`;
export const answerName = ({ id }: Pick<Call, 'id'>): string => `${capital(id)}Answer`;

/** What the calls take and answer as bodies; a CSV has none. */
export const bodySchemas = (calls: readonly Call[]): NamedSchemas =>
  Object.assign(
    {},
    ...calls.map((call) => ({
      ...(call.body ? named(bodyName(call), sent(call.body)) : {}),
      ...(call.csv === undefined ? named(answerName(call), answered(call.answer)) : {}),
    })),
  );

/** The fields of an address or a query, and the schemas that they refer to. */
export const fieldSchemas = (
  name: string,
  object: z.ZodObject | undefined,
): { readonly fields: NamedSchemas; readonly needed: readonly string[]; readonly beside: NamedSchemas } => {
  const all = named(name, object ? sent(object) : {});
  const { [name]: own, ...beside } = all;
  return { fields: (own?.properties ?? {}) as NamedSchemas, needed: own?.required ?? [], beside };
};

const sent = (schema: z.ZodType): JsonSchema => plain(schema, ({ readOnly: _, ...rest }) => rest);

/** Answers may gain fields: a program that checks them must not stumble over one. */
const answered = (schema: z.ZodType): JsonSchema =>
  plain(schema, ({ readOnly: _, additionalProperties, ...rest }) => ({
    ...rest,
    ...(typeof additionalProperties === 'object' ? { additionalProperties } : {}),
  }));

const plain = (schema: z.ZodType, keep: (node: JsonSchema) => JsonSchema): JsonSchema => {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const kept = keep(jsonSchema);
      for (const key of Object.keys(jsonSchema)) if (!(key in kept)) Reflect.deleteProperty(jsonSchema, key);
      dropSafeBounds(jsonSchema);
    },
  });
  // It says which rules made it, which the document says once for all; the rest is its own.
  const { $schema: _, '~standard': __, ...rest } = made as JsonSchema & { '~standard'?: unknown };
  return rest;
};

/** That a whole number is one that JavaScript can hold goes without saying. */
const dropSafeBounds = (node: JsonSchema): void => {
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
  if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
};

/** Takes the schemas that it defines within itself out, and turns what refers to them. */
const named = (name: string, { $defs = {}, ...schema }: JsonSchema): NamedSchemas => {
  const target = (reference: string): string => {
    const within = /^#\/\$defs\/(.+)$/.exec(reference)?.[1];
    return `${schemaBase}${within === undefined ? name : partName(name, within)}`;
  };
  const parts = Object.entries($defs).map(([key, part]) => [partName(name, key), turned(part, target)]);
  return { [name]: turned(schema, target), ...Object.fromEntries(parts) };
};

const partName = (name: string, part: string): string => `${name}_${part.replace(/\W|^_+/g, '')}`;

const turned = <Node>(node: Node, target: (reference: string) => string): Node => {
  if (Array.isArray(node)) return node.map((each) => turned(each, target)) as Node;
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    key === '$ref' && typeof value === 'string' ? target(value) : turned(value, target),
  ]);
  return Object.fromEntries(entries);
};

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
