/** How an article would end for a visitor who has no free reads left, if the draft had this cutoff: nothing is saved or counted. */
import { askedAddress } from '../../gate/asked-address.ts';
import type { PolicyInForce } from '../../gate/policy-in-force.ts';
import type { SeeAs, Seen } from '../../gate/see-as.ts';
import type { Clock } from '../../ops/clock.ts';
import { applyEdit } from '../../policy/edit/apply-edit.ts';
import { fieldFaults } from '../../policy/edit/field-faults.ts';
import type { CutoffFields } from '../../policy/edit/policy-edit.ts';
import type { Policy } from '../../policy/policy.ts';
import type { PolicyFault } from '../../policy/policy-fault.ts';
import type { DeskViewer, WorkingText } from '../draft/desk-view.ts';
import { type FormFault, formFault } from '../draft/form-again.ts';
import type { MeasureCut, Measured } from './measure-cut.ts';
import { cutoffEdit, formFieldOf } from './typed-cutoff.ts';
import { type CutoffPlace, governedBy, type WrittenCutoffs } from './written-cutoffs.ts';

export interface CutAsked {
  /** A path, or an address of this site. */
  readonly address: string;
  /** Whose cutoff is tried. */
  readonly place: CutoffPlace;
  /** Absent: the draft as it is. */
  readonly cutoff?: CutoffFields;
}

export type CutSeen =
  | (Looked & { readonly kind: 'cut'; readonly measured: Measured })
  /** Everybody reads all of it: by its rule, or since the cutoff leaves nothing to withhold. */
  | (Looked & { readonly kind: 'open'; readonly why: 'rule' | 'nothing-withheld' })
  /** Its text can't be found, so that nothing of it is shown. */
  | (Looked & { readonly kind: 'uncuttable' })
  | { readonly kind: 'nothing'; readonly seen: Exclude<Seen, { kind: 'page' }> }
  | {
      readonly kind: 'faulty';
      readonly fields: readonly FormFault[];
      readonly faults: readonly PolicyFault[];
    }
  | { readonly kind: 'draft-faulty' | 'address-invalid' | 'place-unknown' };

interface Looked {
  readonly article: { readonly id: string; readonly title: string };
  readonly rule: string;
  /** Whose cutoff the article is cut at. */
  readonly governing: CutoffPlace;
  readonly seen: Extract<Seen, { kind: 'page' }>;
}

/** Rejects when the store can't be asked. */
export type LookAtCut = (asked: CutAsked) => Promise<CutSeen>;

interface Options {
  readonly desk: DeskViewer;
  readonly seeAs: SeeAs;
  readonly hosts: readonly string[];
  /** The readers' time. */
  readonly clock: Clock;
  readonly cutoffsOf: (text: string, policy: Policy) => WrittenCutoffs;
  readonly measure: MeasureCut;
}

/** More than any meter allows. */
const reads = 1_000_000;

export const createLookAtCut =
  ({ desk, seeAs, hosts, clock, cutoffsOf, measure }: Options): LookAtCut =>
  async ({ address, place, cutoff }) => {
    const { working } = await desk.view();
    const asked = askedAddress(address, hosts);
    if (asked === undefined) return { kind: 'address-invalid' };
    const tried = await tryCutoff(desk, working, place, cutoff);
    if (tried.kind !== 'rules') return tried;
    const { rules } = tried;
    const reader = { kind: 'visitor', reads } as const;
    const seen = await seeAs({ address: asked, reader, rules, now: clock() });
    if (seen.kind !== 'page') return { kind: 'nothing', seen };
    const { page, ruling, decision } = seen.decided;
    const { id, title } = page.article;
    // A cutoff that is tried is the rule's own, whether or not it has one yet.
    const triedHere = cutoff !== undefined && ruling.rule === place;
    const governing = triedHere ? place : governedBy(cutoffsOf(working.text, tried.policy), ruling.rule);
    const looked = { article: { id, title }, rule: ruling.rule, governing, seen };
    if (decision.outcome === 'full')
      return { ...looked, kind: 'open', why: ruling.nothingToWithhold ? 'nothing-withheld' : 'rule' };
    const measured = await measure(seen.decided);
    return measured ? { ...looked, kind: 'cut', measured } : { ...looked, kind: 'uncuttable' };
  };

type Tried =
  | {
      readonly kind: 'rules';
      readonly rules: PolicyInForce;
      /** Of the draft as it is. */
      readonly policy: Policy;
    }
  | Exclude<CutSeen, Looked | { kind: 'nothing' }>;

const tryCutoff = async (
  desk: DeskViewer,
  working: WorkingText,
  place: CutoffPlace,
  cutoff: CutoffFields | undefined,
): Promise<Tried> => {
  const { text, policy, rules } = working;
  if (!policy || !rules) return { kind: 'draft-faulty' };
  if (cutoff === undefined) return { kind: 'rules', rules, policy };
  const edited = applyEdit(text, cutoffEdit(place, cutoff), 'draft');
  if (edited.kind === 'refused') return { kind: 'place-unknown' };
  const checked = await desk.check(edited.text);
  if (!checked.policy || !checked.rules) {
    const { fields } = fieldFaults(edited.at, checked.faults);
    const faults = fields.map((fault) => ({ ...formFault(fault), field: formFieldOf(fault.field) }));
    return { kind: 'faulty', fields: faults, faults: checked.faults };
  }
  // Where an article is found doesn't hang on where it is cut: under the draft's own name it is asked for once.
  const tried = { ...checked.rules, policy: { ...checked.policy, version: policy.version } };
  return { kind: 'rules', rules: tried, policy };
};
