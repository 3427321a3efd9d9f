/** YAML text as plain values, with the place of each in the text; whatever a policy has no use for is refused. */
import { LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import { explainYamlError } from './explain-yaml-error.ts';
import type { FaultCode, Path } from './policy-fault.ts';
import { createYamlReader } from './yaml-values.ts';

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
  const tooDeep = depthFinding(text);
  if (tooDeep) return { kind: 'unreadable', findings: [tooDeep] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const placeAt = (offset: number): Place => placeOn(lines, offset);
  const errors = [...document.errors, ...document.warnings].map((error) => yamlFinding(error, placeAt));
  if (errors.some(({ code }) => code !== 'duplicate-key')) return { kind: 'unreadable', findings: errors };
  const reader = createYamlReader(document);
  const value = reader.read(document.contents as Node | null, []);
  const refused = reader.refusals().map(({ offset, ...refusal }) => ({ ...refusal, place: placeAt(offset) }));
  if (refused.length > 0) return { kind: 'unreadable', findings: [...errors, ...refused] };
  const placeOf: YamlText['placeOf'] = (path, on) => placeAt(reader.offsetOf(path, on));
  return { kind: 'read', text: { value, placeOf }, findings: errors };
};

const placeOn = (lines: LineCounter, offset: number): Place => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
};

const yamlFinding = (error: YAMLError, placeAt: (offset: number) => Place): PlacedFinding => ({
  ...explainYamlError(error.code, error.message),
  place: placeAt(error.pos[0]),
});

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
