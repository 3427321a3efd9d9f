/** `/-/console/explain`: why somebody gets the whole article or its preview, step by step. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { ExplainFacts } from '../../insight/explain-facts.ts';
import type { ConsoleShared } from '../area.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { type ExplainPageFacts, type ExplainResult, renderExplainPage } from './explain-page.tsx';
import type { Traced } from './explain-trace.tsx';
import { type Look, productsOn } from './look.ts';
import { lookFault, nothingInWords } from './look-faults.ts';
import { type LookPageOptions, lookFormFacts, readerInWords, typedOf } from './look-form-facts.ts';
import { lookPosts } from './look-post-routes.ts';
import {
  type ExplainAsked,
  emptyLook,
  explainQuery,
  type LookForm,
  lookForm,
  unreadable,
} from './look-schema.ts';

export interface ExplainRoutesOptions extends ConsoleShared, LookPageOptions {
  readonly look: Look;
}

const path = '/-/console/explain';

export const explainRoutes = (options: ExplainRoutesOptions): Router => {
  const { need } = options;
  const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 });
  return Router()
    .get(path, need('read'), show(options))
    .post(path, need('read'), form, postsOf(options).choose);
};

type More = Omit<ExplainPageFacts, 'form'> & { readonly at?: ExplainPageFacts['form']['fault'] };

const showExplain = (
  { showPage, catalogue }: ExplainRoutesOptions,
  request: Request,
  response: Response,
  status: number,
  page: { readonly typed: LookForm; readonly desk: DeskView } & More,
): void => {
  const { typed, desk, at, ...more } = page;
  const form = { ...lookFormFacts(typed, desk, catalogue), ...(at ? { fault: at } : {}) };
  showPage(request, response, status, (frame) => renderExplainPage(frame, { form, ...more }));
};

const postsOf = (options: ExplainRoutesOptions) =>
  lookPosts({
    place: 'explain',
    form: lookForm,
    options,
    show: (request, response, status, page) => showExplain(options, request, response, status, page),
  });

const show =
  (options: ExplainRoutesOptions): RequestHandler =>
  async (request, response) => {
    const desk = await options.desk.view();
    const parsed = explainQuery.safeParse(request.query);
    if (!parsed.success)
      return showExplain(options, request, response, 400, { typed: emptyLook, desk, fault: unreadable });
    const asked = parsed.data;
    const typed = await typedOf(asked, options.readers);
    // An email in an address ends up in logs: the reader’s number takes its place.
    if (asked.reader !== undefined) return postsOf(options).goOn(request, response, typed);
    if (asked.address === '' && asked.code === undefined)
      return showExplain(options, request, response, 200, { typed, desk });
    await showExplained(options, request, response, { typed, desk, asked });
  };

interface Asking {
  readonly typed: LookForm;
  readonly desk: DeskView;
  readonly asked: ExplainAsked;
}

const showExplained = async (
  options: ExplainRoutesOptions,
  request: Request,
  response: Response,
  { typed, desk, asked }: Asking,
): Promise<void> => {
  const explained = await options.look.explain(asked);
  if (explained.kind === 'faulty') {
    const { status, sentence: _, ...more } = lookFault(explained.fault);
    return showExplain(options, request, response, status, { typed, desk, ...more });
  }
  const reader = readerInWords(typed, productsOn(desk));
  const result = await resultOf(explained, options.look);
  const isDraft = asked.policy === 'draft' && asked.code === undefined;
  showExplain(options, request, response, 200, { typed, desk, result: { reader, isDraft, ...result } });
};

const resultOf = async (
  explained: Exclude<Awaited<ReturnType<Look['explain']>>, { kind: 'faulty' }>,
  look: Look,
): Promise<Omit<ExplainResult, 'reader' | 'isDraft'>> => {
  switch (explained.kind) {
    case 'nothing':
      return { trace: nothingInWords(explained), lines: [] };
    case 'told': {
      const { facts, lines } = explained;
      return { trace: await tracedOf(facts, look), lines };
    }
    case 'reference': {
      const { lines, now } = explained;
      const prompt = await look.versionNamed(explained.stands.policyVersion);
      const trace =
        now.kind === 'decided' ? await tracedOf(now.facts, look) : 'Nothing is decided at that address now.';
      return { trace, lines, reference: { told: explained, ...(prompt ? { number: prompt.number } : {}) } };
    }
    default:
      return explained satisfies never;
  }
};

const tracedOf = async (facts: ExplainFacts, look: Look): Promise<Traced> => {
  const named = await look.versionNamed(facts.decision.policyVersion);
  return { facts, ...(named ? { number: named.number } : {}) };
};
