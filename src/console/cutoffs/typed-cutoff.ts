/** A cutoff as an operator types it, as an edit of the policy, and whose field each fault of it belongs to. */
import type { CutoffFields, PolicyEdit } from '../../policy/edit/policy-edit.ts';
import type { Cutoff, CutoffMeasure } from '../../policy/policy.ts';
import { defaultShare } from '../../policy/resolve-policy.ts';
import type { FormFault } from '../draft/form-again.ts';
import type { CutoffPlace } from './written-cutoffs.ts';

/** Of an article that has the mark the preview ends there, of every other one after so many. */
export interface TypedCutoff {
  readonly by: CutoffMeasure;
  readonly count: string;
  readonly ending: 'exact' | 'word' | 'sentence';
  /** Percent of the article; '': as usual. */
  readonly atMost: string;
  /** '': none is looked for. */
  readonly marker: string;
}

export const measures = ['characters', 'words', 'paragraphs', 'percent'] as const satisfies CutoffMeasure[];
export const endings = ['exact', 'word', 'sentence'] as const;

export const typedFrom = (cutoff: Cutoff): TypedCutoff => {
  const { by, count, ending, atMost = 100 } = cutoff.by === 'marker' ? cutoff.fallback : cutoff;
  return {
    by,
    count: String(count),
    ending,
    atMost: String(atMost),
    marker: cutoff.by === 'marker' ? cutoff.marker : '',
  };
};

export type ReadCutoff =
  | { readonly kind: 'fields'; readonly fields: CutoffFields }
  | { readonly kind: 'faulty'; readonly faults: readonly FormFault[] };

/** Only what no policy's text could hold is a fault here: the rest is said by the policy's own check. */
export const readTyped = ({ by, count, ending, atMost, marker }: TypedCutoff): ReadCutoff => {
  const number = numberIn(count);
  const share = /^\s*$/.test(atMost) ? defaultShare(by) : numberIn(atMost.replace(/%\s*$/, ''));
  const faults = [
    Number.isFinite(number) ? [] : { field: 'count', message: 'Give a number, such as 2000.' },
    Number.isFinite(share) ? [] : { field: 'atMost', message: 'Give a share in percent, such as 50.' },
  ].flat();
  if (faults.length > 0) return { kind: 'faulty', faults };
  const counted = {
    [by]: number,
    ...(ending === 'exact' ? {} : { ending }),
    ...(share === defaultShare(by) ? {} : { atMost: share }),
  };
  const mark = marker.trim();
  return { kind: 'fields', fields: mark === '' ? counted : { marker: mark, otherwise: counted } };
};

/** As people write thousands; a policy's numbers have no such signs. */
const numberIn = (text: string): number =>
  /^\s*$/.test(text) ? Number.NaN : Number(text.replace(/[\s,’']/g, ''));

/** @param cutoff null: the rule has none of its own any more, or the general one is the built-in one */
export const cutoffEdit = (place: CutoffPlace, cutoff: CutoffFields | null): PolicyEdit => {
  if (place === undefined) return { kind: 'set-cutoff', cutoff };
  if (place === 'otherwise') return { kind: 'set-section', section: 'otherwise', set: { cutoff } };
  return { kind: 'set-rule', name: place, set: { cutoff } };
};

/** The field of the form that a field of the policy's text is typed into. @param field such as `cutoff.otherwise.words` */
export const formFieldOf = (field: string): '' | keyof TypedCutoff => {
  const last = field.split('.').at(-1) ?? '';
  if (last === 'marker' || last === 'ending' || last === 'atMost') return last;
  return (measures as readonly string[]).includes(last) ? 'count' : '';
};
