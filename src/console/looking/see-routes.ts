/** `/-/console/see`: the page of any article as somebody else gets it, and each picture of it at `/-/console/see/page`. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { ConsoleShared } from '../area.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { sendSeenPage, sendWords } from '../shell/send-seen-page.ts';
import { type Look, productsOn } from './look.ts';
import { lookFault, nothingInWords } from './look-faults.ts';
import { type LookPageOptions, lookFormFacts, readerInWords, typedOf } from './look-form-facts.ts';
import { lookPosts } from './look-post-routes.ts';
import {
  emptyLook,
  type LookForm,
  type SeeAsked,
  seeForm,
  seePageQuery,
  seeQuery,
  unreadable,
} from './look-schema.ts';
import { type Picture, renderSeePage, type SeeFacts } from './see-page.tsx';

export interface SeeRoutesOptions extends ConsoleShared, LookPageOptions {
  readonly look: Look;
}

const path = '/-/console/see';

export const seeRoutes = (options: SeeRoutesOptions): Router => {
  const { need } = options;
  const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 });
  return Router()
    .get(path, need('read'), show(options))
    .post(path, need('read'), form, postsOf(options).choose)
    .get(`${path}/page`, need('read'), sendPicture(options));
};

type More = Pick<SeeFacts, 'fault' | 'pictures'> & { readonly at?: SeeFacts['form']['fault'] };

const showSee = (
  { showPage, catalogue }: SeeRoutesOptions,
  request: Request,
  response: Response,
  status: number,
  page: { readonly typed: LookForm; readonly desk: DeskView } & More,
): void => {
  const { typed, desk, at, ...more } = page;
  const form = { ...lookFormFacts(typed, desk, catalogue), ...(at ? { fault: at } : {}) };
  showPage(request, response, status, (frame) => renderSeePage(frame, { form, ...more }));
};

const postsOf = (options: SeeRoutesOptions) =>
  lookPosts({
    place: 'see',
    form: seeForm,
    options,
    show: (request, response, status, page) => showSee(options, request, response, status, page),
  });

const show =
  (options: SeeRoutesOptions): RequestHandler =>
  async (request, response) => {
    const desk = await options.desk.view();
    const parsed = seePageQuery.safeParse(request.query);
    if (!parsed.success)
      return showSee(options, request, response, 400, { typed: emptyLook, desk, fault: unreadable });
    const asked = parsed.data;
    const typed = await typedOf(asked, options.readers);
    // An email in an address ends up in logs: the reader’s number takes its place.
    if (asked.reader !== undefined) return postsOf(options).goOn(request, response, typed);
    if (asked.address === '') return showSee(options, request, response, 200, { typed, desk });
    await showPictures(options, request, response, { typed, desk, asked });
  };

interface Asking {
  readonly typed: LookForm;
  readonly desk: DeskView;
  readonly asked: Omit<SeeAsked, 'policy'>;
}

const showPictures = async (
  options: SeeRoutesOptions,
  request: Request,
  response: Response,
  { typed, desk, asked }: Asking,
): Promise<void> => {
  const list: Picture[] = [];
  for (const [policy, name] of policiesOn(desk)) {
    const question = { ...asked, policy };
    const looked = await options.look.see(question, desk);
    if (looked.kind === 'faulty') {
      const { status, sentence: _, ...more } = lookFault(looked.fault);
      return showSee(options, request, response, status, { typed, desk, ...more });
    }
    list.push({ name, question, looked: looked.kind === 'seen' ? looked.seen : nothingInWords(looked) });
  }
  const draftFaulty = desk.working.draft !== undefined && desk.working.rules === undefined;
  const pictures = { reader: readerInWords(typed, productsOn(desk)), list, draftFaulty };
  showSee(options, request, response, 200, { typed, desk, pictures });
};

const policiesOn = ({ published, working }: DeskView): readonly (readonly [SeeAsked['policy'], string])[] => [
  ['published', `Published: version ${published.version.number}`],
  ...(working.draft && working.rules ? [['draft', 'The draft'] as const] : []),
];

const sendPicture =
  ({ look, publicUrl }: SeeRoutesOptions): RequestHandler =>
  async (request, response) => {
    const parsed = seeQuery.safeParse(request.query);
    if (!parsed.success) return sendWords(response, unreadable, 400);
    const looked = await look.see(parsed.data);
    if (looked.kind === 'seen') return sendSeenPage(response, looked.seen, publicUrl, looked.address.target);
    if (looked.kind === 'nothing') return sendWords(response, nothingInWords(looked));
    const { status, sentence } = lookFault(looked.fault);
    sendWords(response, sentence, status);
  };
