/** A JSON Schema in words: what a field is, and what is in it. */
import { type JsonSchema, type NamedSchemas, schemaBase } from './json-schemas.ts';

export interface Shape {
  /** `text, at most 60 characters` */
  readonly words: string;
  readonly about?: string;
  readonly fields?: readonly Field[];
  /** One of these it is. */
  readonly variants?: readonly Shape[];
  /** Always this one value, by which variants are told apart. */
  readonly constant?: true;
}

export interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

export const describeSchema = (schema: JsonSchema, schemas: NamedSchemas): Shape =>
  describe(schema, { schemas, within: [] });

interface Around {
  readonly schemas: NamedSchemas;
  /** Names that are being described: what holds itself is told once. */
  readonly within: readonly string[];
}

const describe = (schema: JsonSchema, around: Around): Shape => {
  const { description: about } = schema;
  const shape = schema.$ref === undefined ? shapeOf(schema, around) : referred(schema.$ref, around);
  return about === undefined ? shape : { ...shape, about };
};

const referred = (reference: string, { schemas, within }: Around): Shape => {
  const name = reference.slice(schemaBase.length);
  const target = schemas[name];
  if (target === undefined || within.includes(name)) return { words: 'the same once more' };
  return describe(target, { schemas, within: [...within, name] });
};

const shapeOf = (schema: JsonSchema, around: Around): Shape => {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return oneOf(branches, around);
  if (schema.allOf) return together(schema.allOf, around);
  if (schema.const !== undefined) return { words: literal(schema.const), constant: true };
  if (schema.enum) return { words: eitherOf(schema.enum.map(literal)) };
  if (schema.type === 'array') return listOf(schema, around);
  if (schema.type === 'object') return objectOf(schema, around);
  return { words: scalarWords(schema) };
};

const oneOf = (branches: readonly JsonSchema[], around: Around): Shape => {
  const all = branches.map((branch) => describe(branch, around));
  const isPlain = all.every(({ fields, variants, about }) => !fields && !variants && about === undefined);
  if (isPlain) return { words: eitherOf(nullFirst([...new Set(all.map(({ words }) => words))])) };
  const shapes = all.filter(({ words }) => words !== 'null').flatMap(withoutNesting);
  const nullOr = all.some(({ words }) => words === 'null') ? 'null or ' : '';
  const [only, another] = shapes;
  if (only && !another) return { ...only, words: `${nullOr}${only.words}` };
  return { words: `${nullOr}one of these`, variants: shapes.map(toldApart) };
};

/** Lists last: what stands behind one would seem to be in it. */
const nullFirst = (words: readonly string[]): readonly string[] => [
  ...words.filter((one) => one === 'null'),
  ...words.filter((one) => one !== 'null' && !one.startsWith('a list')),
  ...words.filter((one) => one.startsWith('a list')),
];

const eitherOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const withoutNesting = (shape: Shape): readonly Shape[] =>
  shape.variants && shape.about === undefined && shape.words === 'one of these' ? shape.variants : [shape];

/** `kind “set-rule”` and the other fields, where there are such. */
const toldApart = ({ fields = [], ...shape }: Shape): Shape => {
  const marks = fields.filter((field) => field.shape.constant && !field.optional);
  const rest = fields.filter((field) => !marks.includes(field));
  const words = marks.map((mark) => `${mark.name} ${mark.shape.words}`).join(', ');
  return {
    ...shape,
    ...(words === '' ? {} : { words }),
    ...(rest.length > 0 ? { fields: rest } : {}),
  };
};

const together = (parts: readonly JsonSchema[], around: Around): Shape => {
  const shapes = parts.map((part) => describe(part, around));
  return {
    words: shapes.map(({ words }) => words).join(' and '),
    fields: shapes.flatMap(({ fields = [] }) => fields),
  };
};

const listOf = ({ items, prefixItems, maxItems }: JsonSchema, around: Around): Shape => {
  if (prefixItems) {
    const inTurn = prefixItems.map((item) => describe(item as JsonSchema, around).words);
    return { words: `a list of ${inTurn.join(', then ')}` };
  }
  const most = maxItems === undefined ? '' : `, at most ${maxItems}`;
  if (typeof items !== 'object' || Array.isArray(items)) return { words: `a list${most}` };
  const { words, about: _, ...inside } = describe(items as JsonSchema, around);
  return {
    words: words === 'object' ? `a list of objects${most}` : `a list${most}, each: ${words}`,
    ...inside,
  };
};

const objectOf = ({ properties, required = [], additionalProperties }: JsonSchema, around: Around): Shape => {
  if (properties && Object.keys(properties).length > 0)
    return {
      words: 'object',
      fields: Object.entries(properties).map(([name, value]) => ({
        name,
        optional: !required.includes(name),
        shape: describe(value as JsonSchema, around),
      })),
    };
  if (typeof additionalProperties !== 'object') return { words: 'object' };
  const { words, about: _, ...inside } = describe(additionalProperties as JsonSchema, around);
  return { words: `object of names, each with: ${words}`, ...inside };
};

const scalarWords = (schema: JsonSchema): string => {
  const types = [schema.type ?? []].flat();
  const words = eitherOf(nullFirst(types.map((type) => wordsOf(type, schema))));
  const limits = limitsOf(schema);
  const usual = schema.default === undefined ? '' : `; usually ${literal(schema.default)}`;
  return `${words === '' ? 'anything' : words}${limits === '' ? '' : `, ${limits}`}${usual}`;
};

const wordsOf = (type: string, { format }: JsonSchema): string => {
  if (type === 'string') return format === 'date-time' ? 'moment' : 'text';
  return plainWords[type] ?? type;
};

const plainWords: Readonly<Record<string, string>> = {
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  null: 'null',
};

const limitsOf = ({ minimum, exclusiveMinimum, maximum, minLength, maxLength }: JsonSchema): string => {
  const least = minimum ?? (typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : undefined);
  return [
    least === undefined ? '' : `${least} or more`,
    maximum === undefined ? '' : `at most ${maximum}`,
    minLength === undefined || minLength < 2 ? '' : `at least ${minLength} characters`,
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};

const literal = (value: unknown): string =>
  typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
