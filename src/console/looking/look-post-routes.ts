/** What the pages for looking do with what was typed: go on to the address that asks it, or come back with what is wrong. */
import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { sendOn } from '../../readers/send-page.ts';
import type { ConsoleShared } from '../area.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { lookAddress } from './look-address.ts';
import type { LookPageOptions } from './look-form-facts.ts';
import { emptyLook, type LookForm, unreadable } from './look-schema.ts';
import type { LookFormFacts } from './look-who.tsx';
import { readTypedLook } from './typed-look.ts';

interface LookPage {
  readonly place: 'see' | 'explain';
  readonly form: z.ZodType<LookForm>;
  readonly options: LookPageOptions & Pick<ConsoleShared, 'desk'>;
  readonly show: (
    request: Request,
    response: Response,
    status: number,
    page: {
      readonly typed: LookForm;
      readonly desk: DeskView;
      readonly fault?: string;
      readonly at?: LookFormFacts['fault'];
    },
  ) => void;
}

type GoOn = (request: Request, response: Response, typed: LookForm) => Promise<void>;

export const lookPosts = ({
  place,
  form,
  options,
  show,
}: LookPage): { readonly goOn: GoOn; readonly choose: RequestHandler } => {
  const goOn: GoOn = async (request, response, typed) => {
    const read = await readTypedLook(typed, options.readers);
    if (read.kind === 'question') return sendOn(response, lookAddress(place, read.question));
    const { status, field, message } = read;
    const desk = await options.desk.view();
    show(request, response, status, { typed, desk, at: { field, message } });
  };
  return {
    goOn,
    choose: async (request, response) => {
      const parsed = form.safeParse(request.body);
      if (parsed.success) return goOn(request, response, parsed.data);
      const desk = await options.desk.view();
      show(request, response, 400, { typed: emptyLook, desk, fault: unreadable });
    },
  };
};
