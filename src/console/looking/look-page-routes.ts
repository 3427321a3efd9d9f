/** A page for looking as somebody: it shows its form, goes on from what was typed to the address that asks it, and shows the answer. */
import express, { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import { sendOn } from '../../readers/send-page.ts';
import type { ConsoleShared } from '../area.ts';
import type { DeskView } from '../draft/desk-view.ts';
import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { lookAddress } from './look-address.ts';
import { type LookPageOptions, lookFormFacts, typedOf } from './look-form-facts.ts';
import { type ExplainAsked, emptyLook, type LookForm, unreadable } from './look-schema.ts';
import type { LookFormFacts } from './look-who.tsx';
import { readTypedLook } from './typed-look.ts';

type Doors = Pick<ConsoleShared, 'need' | 'showPage' | 'desk'>;

/** What an address may ask of both pages. */
type LookAsked = Omit<ExplainAsked, 'policy'> & Partial<Pick<ExplainAsked, 'policy'>>;

/** Beside the form: above it, at one of its fields, or what was found. */
export type LookAnswer<Found> = Partial<Found> & {
  readonly fault?: string;
  readonly at?: LookFormFacts['fault'];
};

interface LookPage<Asked extends LookAsked, Found extends object> {
  readonly place: 'see' | 'explain';
  readonly options: Doors & LookPageOptions;
  readonly form: z.ZodType<LookForm>;
  readonly query: z.ZodType<Asked>;
  readonly render: (
    frame: ConsoleFrame,
    facts: { readonly form: LookFormFacts; readonly fault?: string } & Partial<Found>,
  ) => string;
  readonly answer: (
    looking: Looking<Asked>,
  ) => Promise<{ readonly status: number; readonly answer: LookAnswer<Found> }>;
}

export interface Looking<Asked> {
  readonly typed: LookForm;
  readonly desk: DeskView;
  readonly asked: Asked;
}

export const lookPageRoutes = <Asked extends LookAsked, Found extends object>(
  page: LookPage<Asked, Found>,
): Router => {
  const { place, options, query } = page;
  const path = `/-/console/${place}`;
  const body = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 });
  const show = createShow(page);

  const goOn = async (request: Request, response: Response, typed: LookForm): Promise<void> => {
    const read = await readTypedLook(typed, options.readers);
    if (read.kind === 'question') return sendOn(response, lookAddress(place, read.question));
    const { status, field, message } = read;
    const at = { at: { field, message } } as LookAnswer<Found>;
    show(request, response, status, { typed, desk: await options.desk.view() }, at);
  };
  const misread = { fault: unreadable } as LookAnswer<Found>;

  return Router()
    .get(path, options.need('read'), async (request, response) => {
      const desk = await options.desk.view();
      const parsed = query.safeParse(request.query);
      if (!parsed.success) return show(request, response, 400, { typed: emptyLook, desk }, misread);
      const asked = parsed.data;
      const typed = await typedOf(asked, options.readers);
      // An email in an address ends up in logs: the reader’s number takes its place.
      if (asked.reader !== undefined) return goOn(request, response, typed);
      if (asked.address === '' && asked.code === undefined)
        return show(request, response, 200, { typed, desk }, {} as LookAnswer<Found>);
      const { status, answer } = await page.answer({ typed, desk, asked });
      show(request, response, status, { typed, desk }, answer);
    })
    .post(path, options.need('read'), body, async (request, response) => {
      const parsed = page.form.safeParse(request.body);
      if (parsed.success) return goOn(request, response, parsed.data);
      show(request, response, 400, { typed: emptyLook, desk: await options.desk.view() }, misread);
    });
};

const createShow =
  <Asked extends LookAsked, Found extends object>({ options, render }: LookPage<Asked, Found>) =>
  (
    request: Request,
    response: Response,
    status: number,
    { typed, desk }: Pick<Looking<Asked>, 'typed' | 'desk'>,
    { at, ...found }: LookAnswer<Found>,
  ): void => {
    const form = { ...lookFormFacts(typed, desk, options.catalogue), ...(at ? { fault: at } : {}) };
    const facts = { form, ...found } as Parameters<typeof render>[1];
    options.showPage(request, response, status, (frame) => render(frame, facts));
  };
