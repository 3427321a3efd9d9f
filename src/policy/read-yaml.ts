/** YAML text as plain values, with the place of each in the text; whatever a policy has no use for is refused. */
import { LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import { explainYamlError } from './explain-yaml-error.ts';
import type { FaultCode, Path } from './policy-fault.ts';
import { createYamlReader, type Refusal } from './yaml-values.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface PlacedFinding {
  readonly code: FaultCode;
  readonly place: Place;
  readonly message: string;
  readonly instead: string;
}

export interface YamlText {
  readonly value: unknown;
  /** Of the value (or its key) at a path; where there is nothing, of the nearest value around it. */
  readonly placeOf: (path: Path, on?: 'key') => Place;
}

export type ReadYaml =
  /** With findings when keys are repeated: the rest can still be checked. */
  | { readonly kind: 'read'; readonly text: YamlText; readonly findings: readonly PlacedFinding[] }
  | { readonly kind: 'unreadable'; readonly findings: readonly PlacedFinding[] };

/** Of characters that open a level; more exhausts the parser's stack, and no policy has a tenth of it. */
const deepest = 60;

/** Never throws. */
export const readYaml = (text: string): ReadYaml => {
  const early = directiveFinding(text) ?? depthFinding(text);
  if (early) return { kind: 'unreadable', findings: [early] };
  const lines = new LineCounter();
  // Each key would be compared with every other one: the reader looks for those that stand twice.
  const options = { prettyErrors: false, uniqueKeys: false, version: '1.2' } as const;
  const document = parseDocument(text, { ...options, lineCounter: lines });
  const placeAt = (offset: number): Place => placeOn(lines, offset);
  const errors = [...document.errors, ...document.warnings].map((error) => yamlFinding(error, placeAt));
  if (errors.length > 0) return { kind: 'unreadable', findings: errors };
  const reader = createYamlReader(document);
  const value = reader.read(document.contents as Node | null, []);
  const found = ({ offset, ...refusal }: Refusal): PlacedFinding => ({ ...refusal, place: placeAt(offset) });
  const [refused, repeated] = [reader.refusals().map(found), reader.repeated().map(found)];
  if (refused.length > 0) return { kind: 'unreadable', findings: [...repeated, ...refused] };
  const placeOf: YamlText['placeOf'] = (path, on) => placeAt(reader.offsetOf(path, on));
  return { kind: 'read', text: { value, placeOf }, findings: repeated };
};

const placeOn = (lines: LineCounter, offset: number): Place => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
};

const yamlFinding = (error: YAMLError, placeAt: (offset: number) => Place): PlacedFinding => ({
  ...explainYamlError(error.code, error.message),
  place: placeAt(error.pos[0]),
});

/** `%YAML 1.2` may stand there. */
const mostDirectives = 10;

/** Thousands of them would keep the parser busy for many seconds. */
const directiveFinding = (text: string): PlacedFinding | undefined => {
  const at = [...text.matchAll(/^%/gm)][mostDirectives]?.index;
  if (at === undefined) return undefined;
  const line = text.slice(0, at).split('\n').length;
  return {
    ...explainYamlError(
      'DIRECTIVE',
      'lines that begin with % mean something else in YAML, and there are too many',
    ),
    place: { line, column: 1 },
  };
};

/** Rough, and before the parser sees it: brackets that stay open, and lines that begin far in or with many dashes. */
const depthFinding = (text: string): PlacedFinding | undefined => {
  let open = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      else if (character === ']' || character === '}') open = Math.max(0, open - 1);
    }
    const lead = /^[\s?:-]*/.exec(line)?.[0].length ?? 0;
    if (open <= deepest && (lead <= deepest * 2 || line.trim() === '')) continue;
    return {
      code: 'too-deep',
      place: { line: index + 1, column: 1 },
      message: 'this is nested far deeper than a policy ever is',
      instead: 'each section at the left edge, and what belongs to it two spaces further in',
    };
  }
  return undefined;
};
