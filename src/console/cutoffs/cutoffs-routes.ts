/** `/-/console/cutoffs`: where previews end, tried on an article before it is saved in the draft. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { sendOn } from '../../readers/send-page.ts';
import type { ConsoleShared } from '../area.ts';
import { answerEdit, noticeOf } from '../draft/answer-edit.ts';
import { type FormFault, formFault } from '../draft/form-again.ts';
import { mayChange } from '../draft/may-change.ts';
import { sendSeenPage, sendWords } from '../shell/send-seen-page.ts';
import { cutInWords } from './cut-in-words.ts';
import { type CutoffsAsked, chosenAddress, cutoffsAddress } from './cutoffs-address.ts';
import type { CutoffsFacts } from './cutoffs-facts.ts';
import { renderCutoffsPage } from './cutoffs-page.tsx';
import { type Cutoffs, type CutoffsView, followsCutoff } from './cutoffs-view.ts';
import type { CutSeen } from './look-at-cut.ts';
import { cutoffEdit, endings, formFieldOf, measures, readTyped, typedFrom } from './typed-cutoff.ts';

interface Options extends Pick<ConsoleShared, 'need' | 'operatorOf' | 'showPage' | 'desk' | 'publicUrl'> {
  readonly cutoffs: Cutoffs;
}

const path = '/-/console/cutoffs';

export const cutoffsRoutes = (options: Options): Router => {
  const { need } = options;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 30 });
  return Router()
    .get(path, need('read'), show(options))
    .get(`${path}/picture`, need('read'), picture(options))
    .post(`${path}/save`, need('edit-draft'), form, save(options))
    .post(`${path}/reset`, need('edit-draft'), form, reset(options));
};

const asked = z.object({
  rule: z.string().max(200).catch(''),
  /** One of the known articles. */
  article: z.string().max(2000).catch(''),
  address: z.string().trim().max(2000).catch(''),
  /** The address whose picture the page showed. */
  shown: z.string().max(2000).catch(''),
  width: z.enum(['desk', 'phone']).catch('desk'),
  typed: z
    .object({
      by: z.enum(measures),
      count: z.string().max(40),
      ending: z.enum(endings),
      atMost: z.string().max(40).catch(''),
      marker: z.string().max(1000).catch(''),
    })
    .optional()
    .catch(undefined),
});

const readAsked = (sent: unknown): CutoffsAsked => {
  const fields = typeof sent === 'object' && sent !== null ? sent : {};
  const { rule, typed, article, address, shown, width } = asked.parse({ ...fields, typed: fields });
  const place = rule === '' ? undefined : rule;
  return { place, typed, address: chosenAddress({ article, address, shown }), width };
};

const show =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const notice = noticeOf(request.query.done);
    const more = notice === undefined ? {} : { notice };
    await showCutoffs(options, request, response, 200, readAsked(request.query), more);
  };

interface More extends Pick<CutoffsFacts, 'notice' | 'fault'> {
  readonly faults?: readonly FormFault[];
  /** The draft was changed meanwhile: the fields show it as it is. */
  readonly overtaken?: boolean;
}

const showCutoffs = async (
  { cutoffs, operatorOf, showPage }: Options,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  wanted: CutoffsAsked,
  { faults = [], overtaken = false, ...more }: More,
): Promise<void> => {
  const view = await cutoffs.view();
  const known = wanted.place === undefined || view.cutoffs.places.includes(wanted.place);
  const place = known ? wanted.place : undefined;
  const address = wanted.address || firstFor(view, place);
  const now = typedFrom((place && view.cutoffs.own.get(place)) || view.cutoffs.general);
  const typed = wanted.typed && known && !overtaken ? wanted.typed : now;
  const cut = address === '' ? undefined : await lookAt(cutoffs, { ...wanted, place, address, typed });
  const wrong = faults.length > 0 ? faults : cut?.kind === 'faulty' ? cut.fields : [];
  const unknown = known ? {} : { fault: `There is no rule “${wanted.place}” any more.` };
  const facts: CutoffsFacts = {
    ...{ view, mayChange: mayChange(operatorOf(request), view.desk), cut, ...unknown, ...more },
    asked: { place, typed, address, width: wanted.width },
    now,
    again: { form: 'cutoff', typed: { ...(wanted.typed ?? {}) }, faults: wrong, overtaken },
  };
  showPage(request, response, status, (frame) => renderCutoffsPage(frame, facts));
};

/** The newest article that is cut there, or any. */
const firstFor = ({ articles }: CutoffsView, place: string | undefined): string =>
  (articles.find((article) => followsCutoff(article, place)) ?? articles[0])?.address ?? '';

const lookAt = async (cutoffs: Cutoffs, { place, address, typed }: CutoffsAsked): Promise<CutSeen> => {
  const read = typed && readTyped(typed);
  if (read?.kind === 'faulty') return { kind: 'faulty', fields: read.faults, faults: [] };
  return cutoffs.look({ address, place, ...(read ? { cutoff: read.fields } : {}) });
};

const picture =
  ({ cutoffs, publicUrl }: Options): RequestHandler =>
  async (request, response) => {
    const wanted = readAsked(request.query);
    const cut = await lookAt(cutoffs, wanted);
    if ('seen' in cut) sendSeenPage(response, cut.seen, publicUrl);
    else sendWords(response, cutInWords(cut, wanted.place), 422);
  };

const revisionOf = z.object({ revision: z.coerce.number().int().nonnegative() });

const save =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const wanted = readAsked(request.body);
    const { success, data } = revisionOf.safeParse(request.body);
    if (!success || wanted.typed === undefined)
      return showCutoffs(options, request, response, 400, wanted, { fault: misread });
    const read = readTyped(wanted.typed);
    if (read.kind === 'faulty')
      return showCutoffs(options, request, response, 422, wanted, { fault: atFields, faults: read.faults });
    const edit = cutoffEdit(wanted.place, read.fields);
    const { desk, operatorOf } = options;
    const answered = await answerEdit(desk, { edit, revision: data.revision }, operatorOf(request));
    if (answered.kind === 'done')
      return sendOn(response, `${cutoffsAddress(wanted)}&done=${answered.done}#cutoff`);
    const { status, fault, fields } = answered;
    const faults = fields.map((each) => ({ ...formFault(each), field: formFieldOf(each.field) }));
    await showCutoffs(options, request, response, status, wanted, {
      fault,
      faults,
      overtaken: status === 409,
    });
  };

const reset =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const { typed: _, ...wanted } = readAsked(request.body);
    const { success, data } = revisionOf.safeParse(request.body);
    if (!success) return showCutoffs(options, request, response, 400, wanted, { fault: misread });
    const { desk, operatorOf } = options;
    const asked = { edit: cutoffEdit(wanted.place, null), revision: data.revision };
    const answered = await answerEdit(desk, asked, operatorOf(request));
    if (answered.kind === 'done')
      return sendOn(response, `${cutoffsAddress(wanted)}&done=${answered.done}#cutoff`);
    await showCutoffs(options, request, response, answered.status, wanted, { fault: answered.fault });
  };

const misread = 'That form wasn’t one of this page’s: nothing was changed. Make the change here once more.';
const atFields = 'Nothing was saved: see what is said at the fields.';
