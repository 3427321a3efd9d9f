/** What is wrong with an OpenAPI 3.1 document, looked for by the specification's own rules: nothing, where it is right. */

type Json = Readonly<Record<string, unknown>>;

export const openApiFaults = (document: Json): readonly string[] => {
  const faults: string[] = [];
  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  const schemas = (document.components as { schemas: Readonly<Record<string, Json>> }).schemas;
  if (!/^3\.1\.\d+$/.test(String(document.openapi))) faults.push('openapi isn’t 3.1');
  const info = document.info as Json;
  if (typeof info.title !== 'string' || typeof info.version !== 'string') faults.push('info is incomplete');
  const tags = (document.tags as readonly { name: string }[]).map(({ name }) => name);
  const names = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const at = `${method} ${path}`;
      if (!methods.includes(method)) faults.push(`${at}: no method of OpenAPI’s`);
      faults.push(
        ...operationFaults(path, operation, tags, securityOf(document)).map((fault) => `${at}: ${fault}`),
      );
      return String(operation.operationId);
    }),
  );
  if (new Set(names).size < names.length) faults.push('an operationId stands twice');
  const shapes = Object.keys(paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
  if (new Set(shapes).size < shapes.length) faults.push('two paths differ only in a parameter’s name');
  for (const [name, schema] of Object.entries(schemas)) {
    if (!/^[\w.-]+$/.test(name)) faults.push(`${name} is no name of a component`);
    faults.push(...schemaFaults(schema).map((fault) => `schema ${name}: ${fault}`));
  }
  for (const reference of referencesIn(document))
    if (!reference.startsWith('#/') || lookUp(document, reference) === undefined)
      faults.push(`${reference} leads nowhere`);
  return faults;
};

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const securityOf = (document: Json): readonly string[] =>
  Object.keys((document.components as { securitySchemes: Json }).securitySchemes);

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Json;
}

const operationFaults = (
  path: string,
  operation: Json,
  tags: readonly string[],
  schemes: readonly string[],
): readonly string[] => {
  const faults: string[] = [];
  const parameters = operation.parameters as readonly Parameter[];
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const declared = parameters.filter((one) => one.in === 'path');
  if (
    inPath.toSorted().join() !==
    declared
      .map(({ name }) => name)
      .toSorted()
      .join()
  )
    faults.push(`its address has ${inPath}, and ${declared.map(({ name }) => name)} are declared`);
  if (declared.some(({ required }) => required !== true))
    faults.push('a parameter of its address isn’t required');
  const keys = parameters.map((one) => `${one.in} ${one.name}`);
  if (new Set(keys).size < keys.length) faults.push('a parameter stands twice');
  for (const { name, schema } of parameters)
    faults.push(...schemaFaults(schema).map((fault) => `parameter ${name}: ${fault}`));
  for (const tag of operation.tags as readonly string[])
    if (!tags.includes(tag)) faults.push(`unknown tag ${tag}`);
  for (const needed of operation.security as readonly Json[])
    for (const name of Object.keys(needed))
      if (!schemes.includes(name)) faults.push(`unknown security ${name}`);
  const responses = operation.responses as Readonly<Record<string, Json>>;
  for (const [status, response] of Object.entries(responses)) {
    if (!/^[1-5]\d\d$/.test(status)) faults.push(`no status: ${status}`);
    if (typeof response.description !== 'string' || response.description === '')
      faults.push(`${status} says nothing`);
    for (const { schema } of Object.values(response.content as Readonly<Record<string, { schema: Json }>>))
      faults.push(...schemaFaults(schema).map((fault) => `${status}: ${fault}`));
  }
  if (!('200' in responses)) faults.push('no success');
  if (operation.summary === '' || typeof operation.summary !== 'string') faults.push('no summary');
  return faults;
};

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const listsOfSchemas = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const mapsOfSchemas = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];
const singleSchemas = [
  'items',
  'additionalProperties',
  'propertyNames',
  'not',
  'contains',
  'if',
  'then',
  'else',
];
const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];
const texts = [
  '$ref',
  'pattern',
  'format',
  'description',
  'title',
  '$comment',
  'contentEncoding',
  'contentMediaType',
];
const other = [
  'type',
  'enum',
  'const',
  'required',
  'default',
  'examples',
  'uniqueItems',
  'readOnly',
  'writeOnly',
  'deprecated',
];
const keywords = [
  ...listsOfSchemas,
  ...mapsOfSchemas,
  ...singleSchemas,
  ...numbers,
  ...counts,
  ...texts,
  ...other,
];

/** By the rules of JSON Schema 2020-12. */
export const schemaFaults = (schema: unknown): readonly string[] => {
  if (typeof schema === 'boolean') return [];
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return ['no schema'];
  return Object.entries(schema).flatMap(([key, value]) => keywordFaults(key, value));
};

const keywordFaults = (key: string, value: unknown): readonly string[] => {
  if (!keywords.includes(key)) return [`unknown keyword ${key}`];
  if (listsOfSchemas.includes(key))
    return Array.isArray(value) && value.length > 0 ? value.flatMap(schemaFaults) : [`${key} is no list`];
  if (mapsOfSchemas.includes(key))
    return Object.entries(value as Json).flatMap(([name, inner]) =>
      schemaFaults(inner).map((fault) => `${name}: ${fault}`),
    );
  if (singleSchemas.includes(key)) return schemaFaults(value);
  if (numbers.includes(key)) return typeof value === 'number' ? [] : [`${key} is no number`];
  if (counts.includes(key))
    return Number.isInteger(value) && Number(value) >= 0 ? [] : [`${key} is no count`];
  if (texts.includes(key) && typeof value !== 'string') return [`${key} is no text`];
  if (key === 'pattern') return isPattern(String(value)) ? [] : [`no pattern: ${value}`];
  if (key === 'type')
    return [value].flat().every((type) => types.includes(String(type))) ? [] : [`no type: ${value}`];
  if (key === 'enum' && !(Array.isArray(value) && value.length > 0)) return ['enum is empty'];
  if (key === 'required') return isNames(value) ? [] : ['required isn’t a list of names'];
  return [];
};

const isNames = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((name) => typeof name === 'string') &&
  new Set(value).size === value.length;

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

const referencesIn = (node: unknown): readonly string[] => {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
  );
};

const lookUp = (document: Json, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (node as Json | undefined)?.[key], document);
