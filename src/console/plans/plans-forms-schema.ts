/** The forms of the plans page: what each holds, and what it asks of the draft. */
import { z } from 'zod';
import type { PolicyEdit } from '../../policy/edit/policy-edit.ts';
import type { Policy, ProductId } from '../../policy/policy.ts';
import { listInWords } from '../../policy/words/list-in-words.ts';
import type { FormAsks } from '../draft/edit-from-form.ts';
import type { ReadForm } from '../draft/editing-page-routes.ts';
import type { FormFault } from '../draft/form-again.ts';
import type { FormRead } from '../draft/form-read.ts';
import { isInUse, rulesOfProduct, usersInWords } from '../draft/rules-in-use.ts';
import { type PlanTyped, type ProductTyped, readPlanForm, readProductForm } from './plan-form.ts';

const revision = z.coerce.number().int().nonnegative();
const id = z.string().min(1).max(200);
/** Longer than any field of the policy takes, so that it is the policy that says what is too long. */
const field = z.string().max(8000).trim().default('');

const ticked = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => [value].flat().join(' ').trim());

const productFields = { name: field, description: field };

const planFields = {
  ...productFields,
  products: ticked,
  price: field,
  interval: field,
  trialDays: field,
  promotionCodes: field,
  passDays: field,
};

const productOf = ({ name, description }: ProductTyped): ProductTyped => ({ name, description });

const planOf = (typed: PlanTyped): PlanTyped => ({
  ...productOf(typed),
  products: typed.products,
  price: typed.price,
  interval: typed.interval,
  trialDays: typed.trialDays,
  promotionCodes: typed.promotionCodes,
  passDays: typed.passDays,
});

const setPlanSchema = z.object({ revision, id, ...planFields });

const setPlan: ReadForm = (body, { policy }) => {
  const parsed = setPlanSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const typed = planOf(parsed.data);
  const now = policy?.plans.find((plan) => plan.id === id);
  const asks = asksBy(readPlanForm(typed, now), (set) => ({ kind: 'set-entry', list: 'plans', id, set }));
  return { form: `set-plan ${id}`, revision, typed, asks, wholeAt: 'name' };
};

const addPlanSchema = z.object({ revision, id: field, ...planFields });

const addPlan: ReadForm = (body) => {
  const parsed = addPlanSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const fields = planOf(parsed.data);
  const { name } = fields;
  const asks = asksBy(
    readPlanForm(fields),
    (set) => {
      const entry = { ...withoutNulls(set), name, products: fields.products.split(' ') };
      return { kind: 'add-entry', list: 'plans', id, entry };
    },
    idFaults(id, 'monthly'),
  );
  return { form: 'add-plan', revision, typed: { id, ...fields }, asks, wholeAt: 'id', isNew: true };
};

const setProductSchema = z.object({ revision, id, ...productFields });

const setProduct: ReadForm = (body, { policy }) => {
  const parsed = setProductSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const typed = productOf(parsed.data);
  const now = policy?.products.find((product) => product.id === id);
  const asks = asksBy(readProductForm(typed, now), (set) => ({
    kind: 'set-entry',
    list: 'products',
    id,
    set,
  }));
  return { form: `set-product ${id}`, revision, typed, asks, wholeAt: 'name' };
};

const addProductSchema = z.object({ revision, id: field, ...productFields });

const addProduct: ReadForm = (body) => {
  const parsed = addProductSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const fields = productOf(parsed.data);
  const asks = asksBy(
    readProductForm(fields),
    (set) => ({
      kind: 'add-entry',
      list: 'products',
      id,
      entry: { ...withoutNulls(set), name: fields.name },
    }),
    idFaults(id, 'review'),
  );
  return { form: 'add-product', revision, typed: { id, ...fields }, asks, wholeAt: 'id', isNew: true };
};

const removeSchema = z.object({ revision, id });

const removePlan: ReadForm = (body) => {
  const parsed = removeSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const edit = { kind: 'remove-entry', list: 'plans', id } as const;
  return { form: `remove-plan ${id}`, revision, typed: {}, asks: { kind: 'edit', edit } };
};

const removeProduct: ReadForm = (body, { policy, revision: now }) => {
  const parsed = removeSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const users = policy && productUsers(policy, id);
  // Named here, where the rules' names are known; whoever saw an older draft is told that first.
  const asks: FormAsks =
    users && revision === now
      ? { kind: 'refused', why: `The product “${id}” is still used by ${users}: change those first.` }
      : { kind: 'edit', edit: { kind: 'remove-entry', list: 'products', id } };
  return { form: `remove-product ${id}`, revision, typed: {}, asks };
};

/** By the last part of their addresses. */
export const plansForms: Readonly<Record<string, ReadForm>> = {
  set: setPlan,
  add: addPlan,
  remove: removePlan,
  'products/set': setProduct,
  'products/add': addProduct,
  'products/remove': removeProduct,
};

const asksBy = <Fields>(
  read: FormRead<Fields>,
  edit: (fields: Fields) => PolicyEdit,
  more: readonly FormFault[] = [],
): FormAsks => {
  if (read.kind === 'faulty') return { kind: 'faulty', faults: [...more, ...read.faults] };
  return more.length > 0 ? { kind: 'faulty', faults: more } : { kind: 'edit', edit: edit(read.fields) };
};

const idFaults = (id: string, example: string): readonly FormFault[] =>
  id === '' ? [{ field: 'id', message: `Write an id, such as ${example}.` }] : [];

/** A new one has nothing to be reset. */
const withoutNulls = <Fields extends object>(
  fields: Fields,
): { readonly [Key in keyof Fields]: Exclude<Fields[Key], null> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as never;

/** Undefined: nothing stands on it. */
const productUsers = (policy: Policy, id: string): string | undefined => {
  const rules = rulesOfProduct(policy, id as ProductId);
  const plans = policy.plans.filter(({ products }) => products.some((product) => product === id));
  const users = [
    isInUse(rules) ? [usersInWords(rules)] : [],
    plans.length === 0
      ? []
      : [
          `the ${plans.length === 1 ? 'plan' : 'plans'} ${listInWords(
            plans.map(({ id }) => id),
            'and',
          )}`,
        ],
  ].flat();
  return users.length === 0 ? undefined : users.join(', and ');
};
