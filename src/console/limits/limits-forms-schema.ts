/** The forms of the limits page: what each holds, and what it asks of the draft. */
import { z } from 'zod';
import type { MeterFields } from '../../policy/edit/policy-edit.ts';
import type { FormAsks } from '../draft/edit-from-form.ts';
import type { ReadForm } from '../draft/editing-page-routes.ts';
import { isInUse, rulesOfMeter, usersInWords } from '../draft/rules-in-use.ts';
import { type MeterTyped, readMeterForm } from './meter-form.ts';

const revision = z.coerce.number().int().nonnegative();
const id = z.string().min(1).max(200);
const field = z.string().max(200).trim().default('');

const meterFields = {
  visitor: field,
  registered: field,
  window: field,
  days: field,
  networkAllowance: field,
  on: field,
};

const typedOf = ({ visitor, registered, window, days, networkAllowance, on }: MeterTyped): MeterTyped => ({
  visitor,
  registered,
  window,
  days,
  networkAllowance,
  on,
});

const setSchema = z.object({ revision, id, ...meterFields });

const setForm: ReadForm = (body, { policy }) => {
  const parsed = setSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const typed = typedOf(parsed.data);
  const read = readMeterForm(
    typed,
    policy?.meters.find((meter) => meter.id === id),
  );
  const asks: FormAsks =
    read.kind === 'faulty' ? read : { kind: 'edit', edit: { kind: 'set-meter', id, set: read.fields } };
  return { form: `set ${id}`, revision, typed, asks, wholeAt: 'visitor' };
};

const addSchema = z.object({ revision, id: field, ...meterFields });

const addForm: ReadForm = (body) => {
  const parsed = addSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const fields = typedOf(parsed.data);
  const read = readMeterForm(fields);
  const unnamed = id === '' ? [{ field: 'id', message: 'Give it a name, such as weekly.' }] : [];
  const faults = [...unnamed, ...(read.kind === 'faulty' ? read.faults : [])];
  const asks: FormAsks =
    faults.length > 0 || read.kind === 'faulty'
      ? { kind: 'faulty', faults }
      : { kind: 'edit', edit: { kind: 'add-meter', id, meter: given(read.fields) } };
  return { form: 'add', revision, typed: { id, ...fields }, asks, wholeAt: 'id', isNew: true };
};

/** A new one has nothing to be reset. */
const given = (fields: Readonly<Record<string, unknown>>): MeterFields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const renameSchema = z.object({ revision, id, to: field });

const renameForm: ReadForm = (body) => {
  const parsed = renameSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, to, revision } = parsed.data;
  const asks: FormAsks =
    to === ''
      ? { kind: 'faulty', faults: [{ field: 'to', message: 'Write the new name.' }] }
      : { kind: 'edit', edit: { kind: 'rename-meter', id, to } };
  return { form: `rename ${id}`, revision, typed: { to }, asks, wholeAt: 'to', isNew: true };
};

const removeSchema = z.object({ revision, id });

const removeForm: ReadForm = (body, { policy, revision: now }) => {
  const parsed = removeSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const meter = policy?.meters.find((each) => each.id === id);
  const users = policy && meter && rulesOfMeter(policy, meter.id);
  // Named here, where the rules' names are known; whoever saw an older draft is told that first.
  const asks: FormAsks =
    users && isInUse(users) && revision === now
      ? { kind: 'refused', why: inUseWords(id, usersInWords(users)) }
      : { kind: 'edit', edit: { kind: 'remove-meter', id } };
  return { form: `remove ${id}`, revision, typed: {}, asks };
};

const inUseWords = (id: string, users: string): string =>
  `The metered limit “${id}” is still used by ${users}: give those another one first, under Rules.`;

/** By the address that each is posted to. */
export const limitsForms: Readonly<Record<string, ReadForm>> = {
  set: setForm,
  add: addForm,
  rename: renameForm,
  remove: removeForm,
};
