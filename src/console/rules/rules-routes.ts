/** `/-/console/rules`: the list of rules, and moving and removing one. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { sendOn } from '../../readers/send-page.ts';
import { answerEdit, type EditAnswered, noticeOf } from '../draft/answer-edit.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { wantsPage } from '../shell/refusal.ts';
import { ruleEditRoutes } from './rule-edit-routes.ts';
import { moveForm, removeForm } from './rule-form-schema.ts';
import { ruleRows } from './rule-rows.ts';
import { rulesDiffer } from './rules-list.ts';
import { renderDraftPart } from './rules-page.tsx';
import { rowId, shadowWords } from './rules-row.tsx';
import type { TriedFacts } from './rules-tried.tsx';
import { type RulesOptions, rulesPath, showRules } from './show-rules.ts';

export const rulesRoutes = (options: RulesOptions): Router => {
  const { need } = options;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 });
  return Router()
    .get(rulesPath, need('read'), show(options))
    .post(`${rulesPath}/move`, need('edit-draft'), form, move(options))
    .post(`${rulesPath}/remove`, need('edit-draft'), form, remove(options))
    .use(ruleEditRoutes(options));
};

const show =
  (options: RulesOptions): RequestHandler =>
  async (request, response) => {
    const { done, would, address } = request.query;
    const desk = await options.desk.view();
    const counted = would === 'match' ? await options.look.wouldMatch(desk) : undefined;
    const tried =
      typeof address === 'string' && address !== '' ? await tryOut(options, desk, address) : undefined;
    await showRules(options, request, response, 200, {
      desk,
      notice: noticeOf(done),
      ...(counted ? { would: counted } : {}),
      ...(tried ? { tried } : {}),
    });
  };

const longestAddress = 2000;

const tryOut = async (
  { tryAddress, siteClock, report }: RulesOptions,
  { working, published }: DeskView,
  typed: string,
): Promise<TriedFacts> => {
  const address = typed.trim().slice(0, longestAddress);
  const { rules } = published;
  if (rules === undefined) return { address, failed: true };
  const now = siteClock();
  const under = (text: typeof rules) => tryAddress(address, text, now);
  try {
    const inDraft = working.draft && working.rules ? { draft: await under(working.rules) } : {};
    return { address, published: await under(rules), ...inDraft };
  } catch (error) {
    report(error);
    return { address, failed: true };
  }
};

const move =
  (options: RulesOptions): RequestHandler =>
  async (request, response) => {
    const asked = moveForm.safeParse(request.body);
    if (!asked.success) return refuse(options, request, response, 400, unreadMove);
    const { desk } = options;
    const rules = (await desk.view()).working.policy?.rules ?? [];
    const wanted = placed(
      asked.data,
      rules.map(({ id }) => id),
    );
    if (wanted === undefined) return refuse(options, request, response, 409, goneRule);
    const { revision } = asked.data;
    const edit = { kind: 'move-rule', ...wanted } as const;
    const answered = await answerEdit(desk, { edit, revision }, options.operatorOf(request));
    await answer(options, request, response, answered, `#${rowId(wanted.name)}`);
  };

const unreadMove = 'Write the numbers of two places in the list: which rule, and where to.';
const goneRule = 'That rule isn’t in the list any more: look at the list as it is now.';

type Wanted = { readonly name: string; readonly place: number };

const placed = (asked: ReturnType<typeof moveForm.parse>, names: readonly string[]): Wanted | undefined => {
  const [name, place] =
    'up' in asked
      ? [asked.up, names.indexOf(asked.up) - 1]
      : 'down' in asked
        ? [asked.down, names.indexOf(asked.down) + 1]
        : ['name' in asked ? asked.name : names[asked.from - 1], asked.to - 1];
  return name !== undefined && names.includes(name) ? { name, place: Math.max(0, place) } : undefined;
};

const remove =
  (options: RulesOptions): RequestHandler =>
  async (request, response) => {
    const asked = removeForm.safeParse(request.body);
    if (!asked.success) return refuse(options, request, response, 400, goneRule);
    const { name, revision } = asked.data;
    const by = options.operatorOf(request);
    const answered = await answerEdit(options.desk, { edit: { kind: 'remove-rule', name }, revision }, by);
    await answer(options, request, response, answered, '');
  };

/** For a page that is open: only what the move may have changed of it. */
const answer = async (
  options: RulesOptions,
  request: Request,
  response: Response,
  answered: EditAnswered,
  fragment: string,
): Promise<void> => {
  if (answered.kind === 'back') return refuse(options, request, response, answered.status, answered.fault);
  if (wantsPage(request)) return sendOn(response, `${rulesPath}?done=${answered.done}${fragment}`);
  const view = await options.desk.view();
  const rows = ruleRows(view.working.text, view.working);
  const { email, role } = options.operatorOf(request);
  const frame = { site: { name: '' }, operator: { email, role }, timeZone: options.timeZone() };
  response.json({
    revision: view.working.revision,
    notice: noticeOf(answered.done),
    differs: rulesDiffer(view),
    draft: renderDraftPart(frame, view),
    shadowed: (rows?.rules ?? []).flatMap(({ rule, shadowedBy }) =>
      shadowedBy === undefined ? [] : [{ rule: rule.id, words: shadowWords(shadowedBy) }],
    ),
  });
};

/** The list as it is now, and why nothing was changed. */
const refuse = async (
  options: RulesOptions,
  request: Request,
  response: Response,
  status: 400 | 409 | 422,
  fault: string,
): Promise<void> => {
  if (wantsPage(request)) return showRules(options, request, response, status, { fault });
  response.status(status).json({ fault });
};
