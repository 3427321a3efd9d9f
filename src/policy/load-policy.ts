/** A policy file's text as a policy, or as the list of everything that is wrong with it. */
import type { KnownMessages } from './check-messages.ts';
import { checkReferences } from './check-references.ts';
import { explainIssue } from './explain-issue.ts';
import { findWarnings } from './find-warnings.ts';
import { globLimitFindings } from './glob-limit.ts';
import type { Policy } from './policy.ts';
import { type Finding, type PolicyFault, pathInWords } from './policy-fault.ts';
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
 * Never throws: every fault of the file is in the answer, in the order of the lines.
 * @param fileName as the faults shall name it
 * @param messages which messages can be overridden; absent: their names aren't checked
 */
export const loadPolicy = (text: string, fileName: string, messages?: KnownMessages): LoadedPolicy => {
  const faulty = (faults: readonly PolicyFault[]): LoadedPolicy => ({
    kind: 'faulty',
    faults: inOrder(faults),
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
    warnings: inOrder(warnings.map((finding) => inFile(finding, fileName, placeOf))),
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

const wholeFile = (file: string, fault: Pick<PolicyFault, 'code' | 'message' | 'instead'>): PolicyFault => ({
  ...fault,
  file,
  line: 1,
  column: 1,
  path: '',
});

const placed = ({ place, ...finding }: PlacedFinding, file: string): PolicyFault => ({
  ...finding,
  ...place,
  file,
  path: '',
});

const inFile = (finding: Finding, file: string, placeOf: YamlText['placeOf']): PolicyFault => {
  const { code, message, instead } = finding;
  return { code, file, ...placeOf(finding.at, finding.on), path: pathInWords(finding.at), message, instead };
};

const isWritten = (value: unknown, path: readonly (string | number)[]): boolean =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  ) !== undefined;

const inOrder = (faults: readonly PolicyFault[]): readonly PolicyFault[] => {
  const once = new Map(
    faults.map((fault) => [`${fault.line}:${fault.column}:${fault.code}:${fault.message}`, fault]),
  );
  return [...once.values()].sort((a, b) => a.line - b.line || a.column - b.column);
};
