/** Where a look at a page stands in the console: its question in the address, without anybody's email in it. */
import type { LookForm } from './look-schema.ts';

export interface LookQuestion {
  readonly address: string;
  readonly as: LookForm['as'];
  readonly reads: number;
  readonly product?: string | readonly string[] | undefined;
  /** Of a named reader or visitor. */
  readonly number?: string | undefined;
  /** A prompt's reference. */
  readonly code?: string | undefined;
  readonly policy: LookForm['policy'];
}

/** `see` shows the page and `explain` tells why; `see/page` is the page alone, for a frame. */
export const lookAddress = (place: 'see' | 'see/page' | 'explain', question: LookQuestion): string =>
  `/-/console/${place}?${new URLSearchParams(fieldsOf(question))}`;

const fieldsOf = ({
  address,
  as,
  reads,
  product,
  number,
  code,
  policy,
}: LookQuestion): [string, string][] => {
  if (code !== undefined) return [['code', code]];
  const what: [string, string][] = [['address', address]];
  const by: [string, string][] = policy === 'draft' ? [['policy', policy]] : [];
  if (number !== undefined) return [...what, ['number', number], ...by];
  const whom: [string, string][] = [...what, ['as', as]];
  if (as === 'crawler' || as === 'staff') return [...whom, ...by];
  if (as === 'visitor' || as === 'registered') return [...whom, ['reads', String(reads)], ...by];
  const held = [product ?? []].flat().map((id): [string, string] => ['product', id]);
  return [...whom, ...held, ...(reads > 0 ? [['reads', String(reads)] as [string, string]] : []), ...by];
};
