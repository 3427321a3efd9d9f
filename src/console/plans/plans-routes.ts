/** `/-/console/plans`: products and plans, changed in the draft. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler, Router } from 'express';
import { sendOn } from '../../readers/send-page.ts';
import type { ConsoleShared } from '../area.ts';
import { noticeOf } from '../draft/answer-edit.ts';
import { editFromForm, misread } from '../draft/edit-from-form.ts';
import { may } from '../operators/may.ts';
import type { PlansFacts } from './plans-facts.ts';
import { type ReadForm, readForms } from './plans-forms-schema.ts';
import { renderPlansPage } from './plans-page.tsx';
import { type PlansOptions, viewPlans } from './plans-view.ts';

type PlansRoutesOptions = PlansOptions & Pick<ConsoleShared, 'need' | 'operatorOf' | 'showPage' | 'desk'>;

const path = '/-/console/plans';

export const plansRoutes = (options: PlansRoutesOptions): Router => {
  const { need } = options;
  // After `need`: what may not be sent isn't read. A plan may tick very many products.
  const form = express.urlencoded({ extended: false, limit: '128kb', parameterLimit: 1100 });
  const router = Router().get(path, need('read'), show(options));
  for (const [name, read] of Object.entries(readForms))
    router.post(`${path}/${name}`, need('edit-draft'), form, take(options, read));
  return router;
};

const show =
  (options: PlansRoutesOptions): RequestHandler =>
  async (request, response) => {
    const notice = noticeOf(request.query.done);
    await showPlans(options, request, response, 200, notice === undefined ? {} : { notice });
  };

type More = Pick<PlansFacts, 'notice' | 'fault' | 'again'>;

const showPlans = async (
  options: PlansRoutesOptions,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  more: More,
): Promise<void> => {
  const { role, via } = options.operatorOf(request);
  const view = await viewPlans(options);
  const mayChange =
    may({ role, by: via.kind }, 'edit-draft') === 'allowed' && view.desk.working.policy !== undefined;
  options.showPage(request, response, status, (frame) =>
    renderPlansPage(frame, { view, mayChange, ...more }),
  );
};

const take =
  (options: PlansRoutesOptions, read: ReadForm): RequestHandler =>
  async (request, response) => {
    const { working } = await options.desk.view();
    const sent = read(request.body, working);
    if (sent === undefined) return showPlans(options, request, response, 400, { fault: misread });
    const answered = await editFromForm(options.desk, sent, options.operatorOf(request));
    if (answered.kind === 'done') return sendOn(response, `${path}?done=${answered.done}`);
    const { status, fault, again } = answered;
    await showPlans(options, request, response, status, { fault, again });
  };
