/** Edits of meters. */
import { idFault } from '../id-word.ts';
import { defaultMeterId } from '../policy-schema.ts';
import { allTermsIn, countsUnnamed, termsIn, usesMeter } from './in-use.ts';
import type { PolicyEdit } from './policy-edit.ts';
import { changesAt, misshapen, type Ruling, refused, withTerms } from './ruling.ts';
import { isRaw, type Raw, type WrittenPolicy, withFields } from './written-policy.ts';

type MeterEdit = Extract<
  PolicyEdit,
  { readonly kind: 'add-meter' | 'set-meter' | 'rename-meter' | 'remove-meter' }
>;

export const editMeters = (policy: WrittenPolicy, edit: MeterEdit): Ruling => {
  const meters = policy.section('meters') ?? { [defaultMeterId]: {} };
  if (!isRaw(meters)) return misshapen('meters');
  if (edit.kind === 'add-meter') return addMeter(policy, meters, edit);
  if (!Object.hasOwn(meters, edit.id)) return refused({ kind: 'unknown', what: 'meter', id: edit.id });
  switch (edit.kind) {
    case 'set-meter':
      return setMeter(meters, edit);
    case 'rename-meter':
      return renameMeter(policy, meters, edit);
    case 'remove-meter':
      return removeMeter(policy, meters, edit.id);
  }
};

/** Where one meter was enough, rules need not name it; beside a second one they have to, so they do from now on. */
const addMeter = (
  policy: WrittenPolicy,
  meters: Raw,
  { id, meter }: Extract<MeterEdit, { kind: 'add-meter' }>,
): Ruling => {
  if (Object.hasOwn(meters, id)) return refused({ kind: 'taken', what: 'meter', id });
  const next = { ...meters, [id]: withFields({}, { ...meter }) };
  const [only, ...others] = Object.keys(meters);
  const unnamed = only !== undefined && others.length === 0 ? allTermsIn(policy).filter(countsUnnamed) : [];
  const named = withTerms(policy, unnamed, (terms) => ({ ...terms, meter: only }));
  return changesAt(['meters', id], { ...named, sections: { ...named.sections, meters: next } });
};

const setMeter = (meters: Raw, { id, set }: Extract<MeterEdit, { kind: 'set-meter' }>): Ruling => {
  const meter = meters[id] ?? {};
  if (!isRaw(meter)) return misshapen('meters', id);
  const next = { ...meters, [id]: withFields(meter, { ...set }) };
  return changesAt(['meters', id], { sections: { meters: next } });
};

const renameMeter = (
  policy: WrittenPolicy,
  meters: Raw,
  { id, to }: Extract<MeterEdit, { kind: 'rename-meter' }>,
): Ruling => {
  if (id === to) return changesAt(['meters', id], {});
  if (Object.hasOwn(meters, to)) return refused({ kind: 'taken', what: 'meter', id: to });
  // It would be wrong in each of the rules as well, where no field of this edit is.
  const fault = idFault(to);
  if (fault) return refused({ kind: 'invalid-id', id: to, ...fault });
  const next = Object.fromEntries(
    Object.entries(meters).map(([key, meter]) => [key === id ? to : key, meter]),
  );
  const named = withTerms(policy, termsIn(policy, id).filter(usesMeter(id)), (terms) => ({
    ...terms,
    meter: to,
  }));
  return changesAt(['meters', to], { ...named, sections: { ...named.sections, meters: next } });
};

const removeMeter = (policy: WrittenPolicy, meters: Raw, id: string): Ruling => {
  const users = [
    ...termsIn(policy, id).filter(usesMeter(id)),
    ...(Object.keys(meters).length === 1 ? allTermsIn(policy).filter(countsUnnamed) : []),
  ];
  const by = users.map(({ at }) => at);
  if (by.length > 0) return refused({ kind: 'in-use', what: 'meter', id, by });
  const next = Object.fromEntries(Object.entries(meters).filter(([key]) => key !== id));
  return changesAt(['meters'], { sections: { meters: next } });
};
