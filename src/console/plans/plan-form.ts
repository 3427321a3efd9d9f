/** The fields of a plan and of a product, as forms write them and the policy takes them. */
import type { FieldChanges, PlanFields, ProductFields } from '../../policy/edit/policy-edit.ts';
import type { Plan, Product } from '../../policy/policy.ts';
import type { FormFault } from '../draft/form-again.ts';
import { type FormRead, wholeNumber } from '../draft/form-read.ts';

/** As a browser sends them. Types, so that they can be read by any field's name. */
export type PlanTyped = {
  readonly name: string;
  readonly description: string;
  /** Ids with spaces between them. */
  readonly products: string;
  readonly price: string;
  readonly interval: string;
  readonly trialDays: string;
  /** `yes` or ''. */
  readonly promotionCodes: string;
  readonly passDays: string;
};

export type ProductTyped = { readonly name: string; readonly description: string };

export const planAsTyped = (plan: Plan): PlanTyped => ({
  name: plan.name,
  description: plan.description ?? '',
  products: plan.products.join(' '),
  price: plan.price ?? '',
  interval: plan.interval ?? '',
  trialDays: String(plan.trialDays ?? ''),
  promotionCodes: plan.promotionCodes ? 'yes' : '',
  passDays: String(plan.passDays ?? ''),
});

export const productAsTyped = ({ name, description = '' }: Product): ProductTyped => ({ name, description });

/**
 * Only what differs, so that the policy's text says no more than its author means. Ranges are the policy's own to judge.
 *
 * @param now absent for a new one
 */
export const readPlanForm = (typed: PlanTyped, now?: Plan): FormRead<FieldChanges<PlanFields>> => {
  const faults = planFaults(typed);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const before = now && planAsTyped(now);
  const changed = Object.entries(fieldsOf(typed)).filter(
    ([name]) => before === undefined || before[name as keyof PlanTyped] !== typed[name as keyof PlanTyped],
  );
  return { kind: 'ok', fields: Object.fromEntries(changed) };
};

export const readProductForm = (
  typed: ProductTyped,
  now?: Product,
): FormRead<FieldChanges<ProductFields>> => {
  const faults = nameFaults(typed);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const { name, description } = typed;
  const before = now && productAsTyped(now);
  return {
    kind: 'ok',
    fields: {
      ...(before?.name === name ? {} : { name }),
      ...(before?.description === description ? {} : { description: orNone(description) }),
    },
  };
};

const planFaults = (typed: PlanTyped): readonly FormFault[] => [
  ...nameFaults(typed),
  ...(typed.products === '' ? [{ field: 'products', message: 'Tick at least one.' }] : []),
  ...daysFaults('trialDays', typed.trialDays, 'for no trial'),
  ...daysFaults('passDays', typed.passDays, 'for a subscription'),
];

const nameFaults = ({ name }: ProductTyped): readonly FormFault[] =>
  name === '' ? [{ field: 'name', message: 'Write a name, as readers see it.' }] : [];

const daysFaults = (field: string, text: string, empty: string): readonly FormFault[] =>
  text === '' || wholeNumber(text) !== undefined
    ? []
    : [{ field, message: `Write a whole number of days, or leave it empty ${empty}.` }];

const fieldsOf = (typed: PlanTyped): FieldChanges<PlanFields> => ({
  name: typed.name,
  description: orNone(typed.description),
  products: typed.products.split(' '),
  price: orNone(typed.price),
  interval: orNone(typed.interval),
  trialDays: typed.trialDays === '' ? null : Number(typed.trialDays),
  // What goes without saying isn't written.
  promotionCodes: typed.promotionCodes === 'yes' ? true : null,
  passDays: typed.passDays === '' ? null : Number(typed.passDays),
});

const orNone = (text: string): string | null => (text === '' ? null : text);
