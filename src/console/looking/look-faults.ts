/** Why there is nothing to look at or explain, in words; the codes are those of the API. */

import type { Seen } from '../../gate/see-as.ts';
import { type ProblemCode, problems } from '../api/problems.ts';
import { whyNothingToSee } from '../shell/send-seen-page.ts';

export type LookFault = Extract<
  ProblemCode,
  | 'address-foreign'
  | 'reader-unknown'
  | 'product-unknown'
  | 'reference-unknown'
  | 'draft-missing'
  | 'draft-faulty'
>;

/** As a page says it: at the field where it is mended, or above all of them. */
export const lookFault = (fault: LookFault): LookFaultShown => {
  const { status, detail } = problems[fault];
  const field = fields[fault];
  return { status, sentence: detail, ...(field ? { at: { field, message: detail } } : { fault: detail }) };
};

export interface LookFaultShown {
  readonly status: number;
  readonly sentence: string;
  readonly at?: { readonly field: LookField; readonly message: string };
  readonly fault?: string;
}

export type LookField = 'address' | 'reads' | 'product' | 'who' | 'code';

const fields: Readonly<Record<LookFault, LookField | undefined>> = {
  'address-foreign': 'address',
  'reader-unknown': 'who',
  'product-unknown': 'product',
  'reference-unknown': 'code',
  'draft-missing': undefined,
  'draft-faulty': undefined,
};

/** Nothing is decided there. */
export interface Nothing {
  readonly kind: 'nothing';
  readonly why: Exclude<Seen['kind'], 'page' | 'no-page' | 'unknown-reader'>;
  /** What the answer there holds of articles all the same. */
  readonly held?: readonly string[];
}

export const nothingInWords = ({ why, held = [] }: Nothing): string =>
  [whyNothingToSee({ kind: why }), ...held].join(' ');
