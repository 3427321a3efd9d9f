/** A page whose forms each change one thing in the draft: shown, taken, and shown again with what was wrong. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler, Router } from 'express';
import { sendOn } from '../../readers/send-page.ts';
import type { ConsoleShared } from '../area.ts';
import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { noticeOf } from './answer-edit.ts';
import type { DeskView, WorkingText } from './desk-view.ts';
import { editFromForm, type FormSent, misread } from './edit-from-form.ts';
import type { FormAgain } from './form-again.ts';
import { mayChange } from './may-change.ts';

/** Undefined: what was sent is no such form. */
export type ReadForm = (body: unknown, working: WorkingText) => FormSent | undefined;

export interface EditingPageFacts<View> {
  readonly view: View;
  /** True: whoever looks may edit the draft, and forms can. */
  readonly mayChange: boolean;
  readonly notice?: string;
  readonly fault?: string;
  /** The form that came back. */
  readonly again?: FormAgain;
}

interface EditingPage<View extends { readonly desk: DeskView }> {
  readonly path: string;
  readonly view: () => Promise<View>;
  readonly render: (frame: ConsoleFrame, facts: EditingPageFacts<View>) => string;
  /** By the last part of the address that they are posted to. */
  readonly forms: Readonly<Record<string, ReadForm>>;
  /** Of a form. */
  readonly most: { readonly bytes: number; readonly fields: number };
}

type Doors = Pick<ConsoleShared, 'need' | 'operatorOf' | 'showPage' | 'desk'>;

export const editingPageRoutes = <View extends { readonly desk: DeskView }>(
  doors: Doors,
  page: EditingPage<View>,
): Router => {
  const { path, forms, most } = page;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: most.bytes, parameterLimit: most.fields });
  const show = createShow(doors, page);
  const router = Router().get(path, doors.need('read'), async (request, response) => {
    const notice = noticeOf(request.query.done);
    await show(request, response, 200, notice === undefined ? {} : { notice });
  });
  for (const [name, read] of Object.entries(forms))
    router.post(`${path}/${name}`, doors.need('edit-draft'), form, take(doors, path, read, show));
  return router;
};

type Show = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  outcome: Pick<EditingPageFacts<unknown>, 'notice' | 'fault' | 'again'>,
) => Promise<void>;

const createShow =
  <View extends { readonly desk: DeskView }>(
    { operatorOf, showPage }: Doors,
    { view, render }: EditingPage<View>,
  ): Show =>
  async (request, response, status, outcome) => {
    const operator = operatorOf(request);
    const shown = await view();
    const facts = { view: shown, mayChange: mayChange(operator, shown.desk), ...outcome };
    showPage(request, response, status, (frame) => render(frame, facts));
  };

const take =
  ({ desk, operatorOf }: Doors, path: string, read: ReadForm, show: Show): RequestHandler =>
  async (request, response) => {
    const { working } = await desk.view();
    const sent = read(request.body, working);
    if (sent === undefined) return show(request, response, 400, { fault: misread });
    const answered = await editFromForm(desk, sent, operatorOf(request));
    if (answered.kind === 'done') return sendOn(response, `${path}?done=${answered.done}`);
    const { status, fault, again } = answered;
    await show(request, response, status, { fault, again });
  };
