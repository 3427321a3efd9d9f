/** `/-/console/rules/edit`, `…/new` and `…/otherwise`: the forms of rules. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { PolicyEdit } from '../../policy/edit/policy-edit.ts';
import type { Policy } from '../../policy/policy.ts';
import { sendOn } from '../../readers/send-page.ts';
import { answerEdit, type EditNotice, refusalInWords } from '../draft/answer-edit.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { mayEditDraft } from '../draft/may-change.ts';
import { readEntries } from './entry-list.ts';
import { type FormFault, formFaults } from './form-faults.ts';
import { lostFields } from './lost-fields.ts';
import { type Asked, addRuleEdit, setOtherwiseEdit, setRuleEdit } from './rule-edit.ts';
import { listFields, type TypedRule, type TypedTerms, typedRule, typedTerms } from './rule-form.ts';
import { ruleForm, termsForm } from './rule-form-schema.ts';
import { renderOtherwisePage, renderRulePage } from './rules-edit-page.tsx';
import type { LostField } from './rules-edit-parts.tsx';
import { rowId } from './rules-row.tsx';
import { type RulesOptions, rulesPath, showRules } from './show-rules.ts';
import { writtenOtherwise, writtenRule } from './written-rules.ts';

export const ruleEditRoutes = (options: RulesOptions): Router => {
  const { need } = options;
  // Room for every list that a policy can hold.
  const form = express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 6000 });
  return Router()
    .get(`${rulesPath}/new`, need('read'), showNew(options))
    .post(`${rulesPath}/new`, need('edit-draft'), form, save(options))
    .get(`${rulesPath}/edit`, need('read'), showRule(options))
    .post(`${rulesPath}/edit`, need('edit-draft'), form, save(options))
    .get(`${rulesPath}/otherwise`, need('read'), showOtherwise(options))
    .post(`${rulesPath}/otherwise`, need('edit-draft'), form, saveOtherwise(options));
};

/** What a page that comes back says besides. */
interface Back {
  readonly faults?: readonly FormFault[];
  readonly fault?: string;
  readonly lost?: readonly LostField[];
}

interface Page {
  readonly request: Request;
  readonly response: Response;
  readonly status: number;
  readonly desk: DeskView;
}

const showNew =
  (options: RulesOptions): RequestHandler =>
  async (request, response) => {
    const page = { request, response, status: 200, desk: await options.desk.view() };
    await sendRule(options, page, undefined, typedRule({ access: 'metered' }));
  };

const showRule =
  (options: RulesOptions): RequestHandler =>
  async (request, response) => {
    const name = typeof request.query.name === 'string' ? request.query.name : '';
    const desk = await options.desk.view();
    const written = writtenRule(desk.working.text, name);
    if (written === undefined) return showGone(options, { request, response, status: 404, desk }, name);
    await sendRule(options, { request, response, status: 200, desk }, name, typedRule(written));
  };

const showGone = (
  options: RulesOptions,
  { request, response, status, desk }: Page,
  name: string,
): Promise<void> => {
  const fault = refusalInWords({ kind: 'unknown', what: 'rule', id: name.slice(0, 64) });
  return showRules(options, request, response, status, { desk, fault });
};

const sendRule = async (
  options: RulesOptions,
  page: Page,
  name: string | undefined,
  typed: TypedRule,
  { faults = [], ...back }: Back = {},
): Promise<void> => {
  const { request, response, status, desk } = page;
  const { policy } = desk.working;
  if (policy === undefined) return showRules(options, request, response, status, { desk });
  const number = policy.rules.findIndex(({ id }) => id === name) + 1;
  const facts = {
    desk,
    policy,
    typed,
    faults,
    ...back,
    mayEdit: mayEditDraft(options.operatorOf(request)),
    seen: await options.offerValues(policy),
    ...(name === undefined ? {} : { rule: { name, number, of: policy.rules.length } }),
  };
  options.showPage(request, response, status, (frame) => renderRulePage(frame, facts));
};

const unread = 'What was sent couldn’t be read as a rule. Fill in the form once more.';

const save =
  (options: RulesOptions): RequestHandler =>
  async (request, response) => {
    const parsed = ruleForm.safeParse(request.body);
    if (!parsed.success) return showRules(options, request, response, 400, { fault: unread });
    const { revision, rule, ...typed } = parsed.data;
    const desk = await options.desk.view();
    const written = rule === undefined ? undefined : writtenRule(desk.working.text, rule);
    if (rule !== undefined && written === undefined)
      return showGone(options, { request, response, status: 409, desk }, rule);
    const asked = rule === undefined ? addRuleEdit(typed) : setRuleEdit(rule, typed, written ?? {});
    const entered = (field: string) => enteredIn(typed, field);
    const answered = await carryOut(options, request, asked, revision, entered);
    if (answered.kind === 'done')
      return sendOn(response, `${rulesPath}?done=${answered.done}#${rowId(typed.name)}`);
    const now = await options.desk.view();
    const page = { request, response, status: answered.status, desk: now };
    const isLate = now.working.revision !== revision;
    const standing = rule === undefined ? typed : writtenRuleNow(now, rule);
    if (standing === undefined) return showGone(options, page, rule ?? '');
    // Sent once more as it was typed, it would undo what somebody else changed.
    const lost = isLate && rule !== undefined ? { lost: lostFields(typed, standing) } : {};
    await sendRule(options, page, rule, isLate ? standing : typed, { ...answered, ...lost });
  };

const writtenRuleNow = (desk: DeskView, name: string): TypedRule | undefined => {
  const written = writtenRule(desk.working.text, name);
  return written && typedRule(written);
};

const enteredIn = (typed: TypedRule, field: string): readonly string[] => {
  const list = listFields.find((each) => each === field);
  if (list) return readEntries(typed[list]);
  if (field === 'publication' || field === 'level' || field === 'products') return typed[field];
  return [];
};

type Carried =
  | { readonly kind: 'done'; readonly done: EditNotice }
  | ({ readonly kind: 'back'; readonly status: 409 | 422 } & Required<Pick<Back, 'faults' | 'fault'>>);

const carryOut = async (
  options: RulesOptions,
  request: Request,
  asked: Asked,
  revision: number,
  entered: (field: string) => readonly string[],
): Promise<Carried> => {
  if (asked.kind === 'misread') return { kind: 'back', status: 422, fault: atFields, faults: asked.faults };
  const edit: PolicyEdit = asked.edit;
  const answered = await answerEdit(options.desk, { edit, revision }, options.operatorOf(request));
  return answered.kind === 'done' ? answered : { ...answered, faults: formFaults(answered.fields, entered) };
};

const atFields = 'Nothing was saved: see what is said at the fields.';

const showOtherwise =
  (options: RulesOptions): RequestHandler =>
  async (request, response) => {
    const desk = await options.desk.view();
    await sendOtherwise(options, { request, response, status: 200, desk }, standingOtherwise(desk));
  };

const standingOtherwise = (desk: DeskView): TypedTerms =>
  typedTerms({ access: 'own-or-metered', ...writtenOtherwise(desk.working.text) });

const sendOtherwise = async (
  options: RulesOptions,
  { request, response, status, desk }: Page,
  typed: TypedTerms,
  { faults = [], ...back }: Back = {},
): Promise<void> => {
  const policy: Policy | undefined = desk.working.policy;
  if (policy === undefined) return showRules(options, request, response, status, { desk });
  const facts = { desk, policy, typed, faults, ...back, mayEdit: mayEditDraft(options.operatorOf(request)) };
  options.showPage(request, response, status, (frame) => renderOtherwisePage(frame, facts));
};

const saveOtherwise =
  (options: RulesOptions): RequestHandler =>
  async (request, response) => {
    const parsed = termsForm.safeParse(request.body);
    if (!parsed.success) return showRules(options, request, response, 400, { fault: unread });
    const { revision, ...typed } = parsed.data;
    const written = writtenOtherwise((await options.desk.view()).working.text);
    const asked = setOtherwiseEdit(typed, { access: 'own-or-metered', ...written });
    const entered = (field: string) => (field === 'products' ? typed.products : []);
    const answered = await carryOut(options, request, asked, revision, entered);
    if (answered.kind === 'done') return sendOn(response, `${rulesPath}?done=${answered.done}`);
    const desk = await options.desk.view();
    const isLate = desk.working.revision !== revision;
    const standing = standingOtherwise(desk);
    const lost = isLate ? { lost: lostFields(typed, standing) } : {};
    const page = { request, response, status: answered.status, desk };
    await sendOtherwise(options, page, isLate ? standing : typed, { ...answered, ...lost });
  };
