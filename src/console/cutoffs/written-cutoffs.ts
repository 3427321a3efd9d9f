/** Where a policy's text says that previews end: its general cutoff, and which rules have one of their own. */

import type { Cutoff, Policy } from '../../policy/policy.ts';
import { parsePolicyText } from '../../policy/policy-schema.ts';
import { readYaml } from '../../policy/read-yaml.ts';
import { cutoffOf } from '../../policy/resolve-policy.ts';

/** A rule's name, or `otherwise`: what applies to all other articles. Undefined: the general cutoff. */
export type CutoffPlace = string | undefined;

export interface WrittenCutoffs {
  readonly general: Cutoff;
  /** Of the rules that have one, in their order; `otherwise` comes last. */
  readonly own: ReadonlyMap<string, Cutoff>;
  /** Every rule by name, in their order, and `otherwise`. */
  readonly places: readonly string[];
}

/** A text is read once for each policy that was made of it. @param text that of a policy without faults */
export const createWrittenCutoffs = (): ((text: string, policy: Policy) => WrittenCutoffs) => {
  const kept = new WeakMap<Policy, WrittenCutoffs>();
  return (text, policy) => {
    const known = kept.get(policy) ?? cutoffsIn(text);
    kept.set(policy, known);
    return known;
  };
};

/** The place whose cutoff an article is cut at. */
export const governedBy = ({ own }: WrittenCutoffs, rule: string): CutoffPlace =>
  own.has(rule) ? rule : undefined;

const cutoffsIn = (text: string): WrittenCutoffs => {
  const read = readYaml(text);
  const parsed = read.kind === 'read' ? parsePolicyText(read.text.value) : undefined;
  if (parsed?.kind !== 'ok') throw new Error('Cutoffs are asked for of a policy that has faults.');
  const { cutoff, rules, otherwise } = parsed.text;
  const all = [...rules, { ...otherwise, name: 'otherwise' }];
  return {
    general: cutoffOf(cutoff),
    own: new Map(
      all.flatMap((terms) => (terms.cutoff ? [[terms.name, cutoffOf(terms.cutoff)] as const] : [])),
    ),
    places: all.map(({ name }) => name),
  };
};
