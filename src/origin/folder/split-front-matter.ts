/** Splits a content file into its YAML front matter and its body, keeping the line on which each key stands. */
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { cleanText } from './clean-text.ts';

export type SplitFile =
  | {
      readonly found: true;
      readonly fields: Readonly<Record<string, unknown>>;
      /** Line of a top-level key in the file, 1 when it is missing. */
      readonly lineOf: (key: string) => number;
      readonly body: string;
    }
  | { readonly found: false; readonly body: string }
  | { readonly found: 'faulty'; readonly line: number; readonly problem: string };

/** `source` is the file's text; nothing is thrown, however hostile it is. */
export const splitFrontMatter = (source: string): SplitFile => {
  const text = cleanText(source);
  const match = /^---[ \t]*\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)/.exec(text);
  if (!match) return { found: false, body: text };
  const yaml = readYamlMap(match[1] ?? '');
  if (yaml.kind === 'faulty') return { found: 'faulty', line: yaml.line + 1, problem: yaml.problem };
  return {
    found: true,
    fields: yaml.fields,
    lineOf: (key) => (yaml.lines.get(key) ?? 0) + 1,
    body: text.slice(match[0].length),
  };
};

export type YamlMap =
  | {
      readonly kind: 'map';
      readonly fields: Readonly<Record<string, unknown>>;
      /** Line of each top-level key, counted from 1. */
      readonly lines: ReadonlyMap<string, number>;
    }
  | { readonly kind: 'faulty'; readonly line: number; readonly problem: string };

/** Reads YAML that must be a map of keys; an empty text is an empty map. */
export const readYamlMap = (text: string): YamlMap => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'silent',
  });
  const fault = document.errors[0];
  if (fault)
    return {
      kind: 'faulty',
      line: lineCounter.linePos(fault.pos[0]).line,
      problem: firstLine(fault.message),
    };
  if (document.contents === null) return { kind: 'map', fields: {}, lines: new Map() };
  if (!isMap(document.contents))
    return { kind: 'faulty', line: 1, problem: 'it isn’t a list of “key: value” lines' };
  const lines = new Map<string, number>();
  for (const { key } of document.contents.items) {
    if (isScalar(key) && key.range) lines.set(String(key.value), lineCounter.linePos(key.range[0]).line);
  }
  try {
    return { kind: 'map', fields: document.toJS({ maxAliasCount: 20 }) as Record<string, unknown>, lines };
  } catch (error) {
    return {
      kind: 'faulty',
      line: 1,
      problem: firstLine(error instanceof Error ? error.message : 'it can’t be read'),
    };
  }
};

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? message;
