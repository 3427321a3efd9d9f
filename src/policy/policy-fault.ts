/** What is wrong with a policy file, where, and what to write instead: one value for every check, so that all are shown alike. */

/** Each stops the file from being used. Stable: people search for them and the documentation explains each. */
export const faultCodes = [
  'unreadable-file',
  'file-too-large',
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
  'invalid-selector',
  'invalid-pointer',
  'invalid-time-zone',
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

/** A fault before its place in the text is known. */
export interface Finding {
  readonly code: FaultCode | WarningCode;
  readonly at: Path;
  /** Point at the key rather than at its value. */
  readonly on?: 'key';
  readonly message: string;
  readonly instead: string;
}

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
}

/** Two lines, the first in the form that editors and terminals turn into a link. */
export const formatFault = (fault: PolicyFault): string =>
  `${fault.file}:${fault.line}:${fault.column} ${fault.code}: ${fault.message}\n    write: ${fault.instead}`;

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
