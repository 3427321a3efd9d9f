/** `/-/console/limits`: metered limits, changed in the draft. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { MeterFields } from '../../policy/edit/policy-edit.ts';
import { sendOn } from '../../readers/send-page.ts';
import type { ConsoleShared } from '../area.ts';
import { noticeOf } from '../draft/answer-edit.ts';
import { editFromForm, type FormAsks, type FormSent, misread } from '../draft/edit-from-form.ts';
import { isInUse, rulesOfMeter, usersInWords } from '../draft/rules-in-use.ts';
import { may } from '../operators/may.ts';
import { type LimitsFacts, renderLimitsPage } from './limits-page.tsx';
import { type LimitsOptions, viewLimits } from './limits-view.ts';
import { type MeterTyped, readMeterForm } from './meter-form.ts';

type LimitsRoutesOptions = LimitsOptions & Pick<ConsoleShared, 'need' | 'operatorOf' | 'showPage' | 'desk'>;

const path = '/-/console/limits';

export const limitsRoutes = (options: LimitsRoutesOptions): Router => {
  const { need } = options;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 20 });
  return Router()
    .get(path, need('read'), show(options))
    .post(`${path}/set`, need('edit-draft'), form, take(options, setForm))
    .post(`${path}/add`, need('edit-draft'), form, take(options, addForm))
    .post(`${path}/rename`, need('edit-draft'), form, take(options, renameForm))
    .post(`${path}/remove`, need('edit-draft'), form, take(options, removeForm));
};

const show =
  (options: LimitsRoutesOptions): RequestHandler =>
  async (request, response) => {
    const notice = noticeOf(request.query.done);
    await showLimits(options, request, response, 200, notice === undefined ? {} : { notice });
  };

type More = Pick<LimitsFacts, 'notice' | 'fault' | 'again'>;

const showLimits = async (
  options: LimitsRoutesOptions,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  more: More,
): Promise<void> => {
  const { role, via } = options.operatorOf(request);
  const view = await viewLimits(options);
  const mayChange =
    may({ role, by: via.kind }, 'edit-draft') === 'allowed' && view.desk.working.policy !== undefined;
  options.showPage(request, response, status, (frame) =>
    renderLimitsPage(frame, { view, mayChange, ...more }),
  );
};

type ReadForm = (body: unknown, options: LimitsRoutesOptions) => Promise<FormSent | undefined>;

const take =
  (options: LimitsRoutesOptions, read: ReadForm): RequestHandler =>
  async (request, response) => {
    const sent = await read(request.body, options);
    if (sent === undefined) return showLimits(options, request, response, 400, { fault: misread });
    const answered = await editFromForm(options.desk, sent, options.operatorOf(request));
    if (answered.kind === 'done') return sendOn(response, `${path}?done=${answered.done}`);
    const { status, fault, again } = answered;
    await showLimits(options, request, response, status, { fault, again });
  };

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

const setForm: ReadForm = async (body, { desk }) => {
  const parsed = setSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const typed = typedOf(parsed.data);
  const { policy } = (await desk.view()).working;
  const read = readMeterForm(
    typed,
    policy?.meters.find((meter) => meter.id === id),
  );
  const asks: FormAsks =
    read.kind === 'faulty' ? read : { kind: 'edit', edit: { kind: 'set-meter', id, set: read.fields } };
  return { form: `set ${id}`, revision, typed, asks, wholeAt: 'visitor' };
};

const addSchema = z.object({ revision, id: field, ...meterFields });

const addForm: ReadForm = async (body) => {
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

const renameForm: ReadForm = async (body) => {
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

const removeForm: ReadForm = async (body, { desk }) => {
  const parsed = removeSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { id, revision } = parsed.data;
  const { policy, revision: now } = (await desk.view()).working;
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
