/** What is wrong with a policy file, where, and what to write instead: one value for every check, so that all are shown alike. */

/** Each stops the file from being used. Stable: people search for them and the documentation explains each. */
export const faultCodes = [
  'unreadable-file',
  'file-too-large',
  'unfinished',
  'empty-policy',
  'yaml-syntax',
  'too-deep',
  'duplicate-key',
  'unknown-alias',
  'alias-limit',
  'unknown-tag',
  'unknown-key',
  'missing-key',
  'wrong-type',
  'unknown-value',
  'out-of-range',
  'empty-list',
  'empty-text',
  'too-long',
  'invalid-id',
  'invalid-glob',
  'glob-limit',
  'invalid-pattern',
  'invalid-selector',
  'invalid-pointer',
  'invalid-time-zone',
  'invalid-header-name',
  'invalid-language',
  'invalid-contact',
  'invalid-probe',
  'invalid-window',
  'cutoff-measure',
  'duplicate-id',
  'unknown-meter',
  'unknown-product',
  'unknown-publication',
  'meter-needed',
  'products-needed',
  'age-contradiction',
  'unknown-message',
  'unknown-locale',
  'unknown-placeholder',
] as const;

/** Each leaves the file usable, but is hardly what its author means. */
export const warningCodes = [
  'rule-never-matches',
  'otherwise-never-applies',
  'meter-unused',
  'meter-off',
  'meter-ignored',
  'registering-costs-reads',
  'product-unsold',
  'product-opens-nothing',
  'articles-unfindable',
  'body-unfindable',
  'article-path-ignored',
  'staff-cookies-unnamed',
] as const;

export type FaultCode = (typeof faultCodes)[number];
export type WarningCode = (typeof warningCodes)[number];
export type Path = readonly (string | number)[];

export interface FaultWords {
  readonly message: string;
  /** What to write instead. */
  readonly instead: string;
}

interface FindingPlace {
  readonly code: FaultCode | WarningCode;
  readonly at: Path;
  /** Point at the key rather than at its value. */
  readonly on?: 'key';
}

/**
 * A fault before its place in the text is known. Words that take long to find, such as the nearest of many names, are
 * asked for only where the fault is one of those that are named; `about` is what they are about.
 */
export type Finding = FindingPlace &
  (FaultWords | { readonly about: string; readonly words: () => FaultWords });

export interface PolicyFault {
  readonly code: FaultCode | WarningCode;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Such as `rules[2].when.tag`; '' for the whole file. */
  readonly path: string;
  readonly message: string;
  /** What to write instead. */
  readonly instead: string;
  /** On the last of a list alone: so many more were found, further down, and aren't named. */
  readonly more?: number;
}

/** So many are named of each text; whoever reads on mends these first. */
export const mostNamed = 100;

/** The first of a list in order, the last of them knowing how many more there are. */
export const firstNamed = (faults: readonly PolicyFault[]): readonly PolicyFault[] =>
  faults.length <= mostNamed ? faults : named(faults.slice(0, mostNamed), faults.length - mostNamed);

export const named = (faults: readonly PolicyFault[], more: number): readonly PolicyFault[] =>
  more > 0
    ? faults.map((fault, index) => (index === faults.length - 1 ? { ...fault, more } : fault))
    : faults;

/** How many were found besides those of the list. */
export const unnamed = (faults: readonly PolicyFault[]): number =>
  faults.reduce((sum, { more = 0 }) => sum + more, 0);

/** Two lines, the first in the form that editors and terminals turn into a link; and a third on how many more there are. */
export const formatFault = (fault: PolicyFault): string =>
  `${fault.file}:${fault.line}:${fault.column} ${fault.code}: ${fault.message}\n    write: ${fault.instead}${
    fault.more ? `\n    and ${fault.more} more, which are named once these are mended` : ''
  }`;

/** Thrown only where there is no earlier policy to go on with. */
export class PolicyFaults extends Error {
  override readonly name = 'PolicyFaults';
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[]) {
    super(`The policy can't be used:\n${faults.map(formatFault).join('\n')}`);
    this.faults = faults;
  }
}

/** `['rules', 2, 'when']` as `rules[2].when`. */
export const pathInWords = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
