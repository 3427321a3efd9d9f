/** What a fault of shape means in words, and what to write instead. */
import { namesInWords } from './names-in-words.ts';
import { nearest } from './nearest.ts';
import type { FaultCode, FaultWords, Finding, Path } from './policy-fault.ts';
import type { Issue } from './policy-schema.ts';

/** The part of a JSON Schema that tells which keys may stand where. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** @param schema the policy's JSON Schema; @param raw what was written */
export const explainIssue = (issue: Issue, raw: unknown, schema: SchemaNode): readonly Finding[] => {
  const at = issue.path as Path;
  const found = valueAt(raw, at);
  switch (issue.code) {
    case 'invalid_union':
      return branchOf(issue, found).flatMap((inner) =>
        explainIssue({ ...inner, path: [...issue.path, ...inner.path] }, raw, schema),
      );
    case 'unrecognized_keys':
      return (issue.keys ?? []).map((key) => unknownKey(key, at, keysAt(schema, at)));
    case 'invalid_type':
      return [found === undefined && at.length > 0 ? missing(at) : wrongType(issue, at, found)];
    case 'invalid_value':
      return [found === undefined ? missing(at) : unknownValue(at, found, (issue.values ?? []).map(String))];
    case 'too_small':
    case 'too_big':
      return [outOfBounds(issue, at)];
    default:
      return [judgedFault(issue, at)];
  }
};

const valueAt = (raw: unknown, at: Path): unknown =>
  at.reduce<unknown>(
    (value, step) => (isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined),
    raw,
  );

const isObject = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

/** Every union is one item or a list of them: the list's faults are meant where a list was written. */
const branchOf = (issue: Issue, found: unknown): readonly Issue[] =>
  (Array.isArray(found) ? issue.errors?.at(-1) : issue.errors?.at(0)) ?? [];

const keysAt = (schema: SchemaNode, at: Path): readonly string[] => {
  const node = at.reduce<SchemaNode | undefined>((inner, step) => stepInto(inner, step), schema);
  return Object.keys(node?.properties ?? {});
};

const stepInto = (node: SchemaNode | undefined, step: string | number): SchemaNode | undefined => {
  if (typeof step === 'number') return node?.items ?? node?.anyOf?.find(({ items }) => items)?.items;
  const { properties = {}, additionalProperties } = node ?? {};
  if (Object.hasOwn(properties, step)) return properties[step];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
};

const unknownKey = (key: string, at: Path, known: readonly string[]): Finding => ({
  code: 'unknown-key',
  at: [...at, key],
  on: 'key',
  about: key,
  words: () => {
    const near = nearest(key, known);
    const question = near ? `; did you mean ${near}?` : '';
    return {
      message: `there is no ${JSON.stringify(key.slice(0, 60))} here${question}`,
      instead: near ? `${near}:` : `one of ${namesInWords(known)}`,
    };
  },
});

const missing = (at: Path): Finding => ({
  code: 'missing-key',
  at,
  message: `${String(at.at(-1))} is missing`,
  instead: `${String(at.at(-1))}: … in this entry`,
});

const wrongType = (issue: Issue, at: Path, found: unknown): Finding => {
  const expected = issue.expected ?? '';
  return {
    code: 'wrong-type',
    at,
    message: `${kinds[expected] ?? expected} belongs here, not ${kindOf(found)}`,
    instead:
      found === null
        ? 'a value, or leave the line out'
        : (sampleOf(expected, found) ?? 'a value of that kind'),
  };
};

const kinds: Readonly<Record<string, string | undefined>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of key: value lines',
  record: 'a group of key: value lines',
};

const kindOf = (found: unknown): string => {
  if (found === null) return 'nothing';
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object') return 'a group of key: value lines';
  return typeof found === 'string' ? `the text ${JSON.stringify(found.slice(0, 60))}` : String(found);
};

const sampleOf = (expected: string, found: unknown): string | undefined => {
  switch (expected) {
    case 'string':
      return typeof found === 'object' ? 'one text' : `"${String(found)}" (in quotes)`;
    case 'number':
    case 'int':
      return typeof found === 'string' && found.trim() !== '' && Number.isFinite(Number(found))
        ? `${Math.round(Number(found))}, without quotes`
        : 'a number, such as 3';
    case 'boolean':
      return /^(yes|on|y|1)$/i.test(String(found))
        ? 'true'
        : /^(no|off|n|0)$/i.test(String(found))
          ? 'false'
          : 'true or false';
    case 'array':
      return 'lines that begin with "- ", or [one, two]';
    default:
      return 'key: value lines, two spaces further in';
  }
};

const unknownValue = (at: Path, found: unknown, known: readonly string[]): Finding => ({
  code: 'unknown-value',
  at,
  about: kindOf(found),
  words: () => unknownValueInWords(found, known),
});

const unknownValueInWords = (found: unknown, known: readonly string[]): FaultWords => {
  const near = typeof found === 'string' ? nearest(found, known) : undefined;
  const question = near ? `; did you mean ${near}?` : '';
  return {
    message: `${kindOf(found)} isn't one of ${namesInWords(known)}${question}`,
    instead: near ?? `one of ${namesInWords(known)}`,
  };
};

const outOfBounds = (issue: Issue, at: Path): Finding => {
  const { code, minimum, maximum, origin } = issue;
  if (origin === 'number' || origin === 'int') {
    return code === 'too_small'
      ? {
          code: 'out-of-range',
          at,
          message: `the smallest number here is ${minimum}`,
          instead: `${minimum} or more`,
        }
      : {
          code: 'out-of-range',
          at,
          message: `the largest number here is ${maximum}`,
          instead: `${maximum} or less`,
        };
  }
  if (code === 'too_big') {
    const unit = origin === 'string' ? 'characters' : 'entries';
    return {
      code: 'too-long',
      at,
      message: `this has more than ${maximum} ${unit}`,
      instead: `at most ${maximum} ${unit}`,
    };
  }
  return origin === 'string'
    ? { code: 'empty-text', at, message: 'there is no text here', instead: 'a text, or leave the line out' }
    : {
        code: 'empty-list',
        at,
        message: 'an empty list grants nobody and holds for nothing',
        instead: 'at least one entry, or leave the line out',
      };
};

const judgedFault = (issue: Issue, at: Path): Finding => ({
  code: (issue.params?.code as FaultCode | undefined) ?? 'unknown-value',
  at,
  message: issue.message,
  instead: String(issue.params?.instead ?? 'another value'),
});
