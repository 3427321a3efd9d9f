/** A policy file's text as a policy, or as the list of everything that is wrong with it. */
import type { KnownMessages } from './check-messages.ts';
import { checkReferences } from './check-references.ts';
import { explainIssue } from './explain-issue.ts';
import { findWarnings } from './find-warnings.ts';
import { globLimitFindings } from './glob-limit.ts';
import type { Policy } from './policy.ts';
import {
  type FaultWords,
  type Finding,
  mostNamed,
  named,
  type Path,
  type PolicyFault,
  pathInWords,
} from './policy-fault.ts';
import {
  defaultMeterId,
  defaultProduct,
  type Issue,
  parsePolicyText,
  policyJsonSchema,
} from './policy-schema.ts';
import { type PlacedFinding, readYaml, type YamlText } from './read-yaml.ts';
import { resolvePolicy } from './resolve-policy.ts';

export type LoadedPolicy =
  | { readonly kind: 'ok'; readonly policy: Policy; readonly warnings: readonly PolicyFault[] }
  | {
      readonly kind: 'faulty';
      readonly faults: readonly PolicyFault[];
      readonly warnings: readonly PolicyFault[];
    };

/** Bytes of a policy, in a file or out of the console. */
export const largestFile = 1024 * 1024;

/**
 * Never throws. The faults are those of the file, in the order of the lines: the first hundred, and how many there are
 * besides (`more` of the last). The work grows with the text's length, and the answer is bounded.
 * @param fileName as the faults shall name it
 * @param messages which messages can be overridden; absent: their names aren't checked
 */
export const loadPolicy = (text: string, fileName: string, messages?: KnownMessages): LoadedPolicy => {
  const faulty = (faults: readonly Placed[]): LoadedPolicy => ({
    kind: 'faulty',
    faults: firstInOrder(faults, mostNamed),
    warnings: [],
  });
  if (Buffer.byteLength(text) > largestFile) return faulty([wholeFile(fileName, tooLarge)]);
  const read = readYaml(text);
  const early = read.findings.map((finding) => placed(finding, fileName));
  if (read.kind === 'unreadable') return faulty(early);
  const { value, placeOf } = read.text;
  if (value === null) return faulty([...early, wholeFile(fileName, empty)]);
  const parsed = parsePolicyText(value);
  const findings = [
    ...(parsed.kind === 'faulty' ? explained(parsed.issues, value) : []),
    ...checkReferences(value, { meter: defaultMeterId, product: defaultProduct.id }, messages),
  ];
  const faults = [...early, ...findings.map((finding) => inFile(finding, fileName, placeOf))];
  if (parsed.kind === 'faulty' || faults.length > 0) return faulty(faults);
  const policy = resolvePolicy(parsed.text);
  const limits = globLimitFindings(policy);
  if (limits.length > 0) return faulty(limits.map((finding) => inFile(finding, fileName, placeOf)));
  const warnings = findWarnings(policy, (...path) => isWritten(value, path));
  return {
    kind: 'ok',
    policy,
    warnings: firstInOrder(
      warnings.map((finding) => inFile(finding, fileName, placeOf)),
      mostWarnings,
    ),
  };
};

const explained = (issues: readonly Issue[], value: unknown): readonly Finding[] => {
  const schema = policyJsonSchema();
  return issues.flatMap((issue) => explainIssue(issue, value, schema));
};

const tooLarge = {
  code: 'file-too-large',
  message: 'a policy has at most 1 MiB, and this file has more',
  instead: 'rules that name sections, tags or path globs rather than single articles',
} as const;

const empty = {
  code: 'empty-policy',
  message: 'the policy is empty: it says nothing at all',
  instead: '{} if every default is meant, or begin with site: and a name',
} as const;

/** A fault in its place, before its words are asked for. */
interface Placed extends Omit<PolicyFault, 'message' | 'instead' | 'path'> {
  readonly at: Path;
  readonly about: string;
  readonly words: () => FaultWords;
}

const wholeFile = (
  file: string,
  { code, ...words }: Pick<PolicyFault, 'code' | keyof FaultWords>,
): Placed => ({
  ...{ code, file, line: 1, column: 1, at: [] },
  about: words.message,
  words: () => words,
});

const placed = ({ place, code, ...words }: PlacedFinding, file: string): Placed => ({
  ...wholeFile(file, { code, ...words }),
  ...place,
});

const inFile = (finding: Finding, file: string, placeOf: YamlText['placeOf']): Placed => ({
  ...{ code: finding.code, file, at: finding.at },
  ...placeOf(finding.at, finding.on),
  ...('words' in finding
    ? { about: finding.about, words: finding.words }
    : { about: finding.message, words: () => finding }),
});

const isWritten = (value: unknown, path: readonly (string | number)[]): boolean =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  ) !== undefined;

/** Rules' marks in the console are made of them, so that more are kept than are ever shown at once. */
const mostWarnings = 10_000;

const firstInOrder = (faults: readonly Placed[], most: number): readonly PolicyFault[] => {
  const once = new Map(
    faults.map((fault) => [`${fault.line}:${fault.column}:${fault.code}:${fault.about}`, fault]),
  );
  const sorted = [...once.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  return named(sorted.slice(0, most).map(inWords), sorted.length - most);
};

const inWords = ({ code, file, line, column, at, words }: Placed): PolicyFault => {
  const { message, instead } = words();
  const path = pathInWords(at.map((step) => (typeof step === 'string' ? clipped(step, longestStep) : step)));
  return {
    ...{ code, file, line, column, path },
    message: clipped(message, longestWords),
    instead: clipped(instead, longestWords),
  };
};

/** A key or a name can be as long as the file, and be at fault a hundred times. */
const longestStep = 200;
const longestWords = 2000;

const clipped = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}…`;
