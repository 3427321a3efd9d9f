/** `/-/console/versions`: the draft, publishing and discarding it, what is scheduled, and the list of versions. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { sendOn } from '../../readers/send-page.ts';
import type { DraftDesk } from '../draft/draft-desk.ts';
import { publishAnswered, whoDid } from '../draft/publish-answer.ts';
import { seenNumber } from '../draft/seen-number-schema.ts';
import { type Action, may } from '../operators/may.ts';
import type { RequireOperator } from '../shell/require-operator.ts';
import type { ShowPage } from '../shell/show-page.ts';
import { changesInWords, compareTexts } from './compared-texts.ts';
import { publishAsked, publishTyped } from './publish-form.ts';
import { type VersionsNotice, versionsNotice } from './versions-notices.ts';
import { renderVersionsPage, type VersionsFacts } from './versions-page.tsx';

export interface VersionsRoutesOptions extends RequireOperator {
  readonly showPage: ShowPage;
  readonly desk: DraftDesk;
  /** By which times are scheduled. */
  readonly clock: () => number;
  /** The site's: an IANA name. */
  readonly timeZone: () => string;
}

const path = '/-/console/versions';
const pageLength = 25;

export const versionsRoutes = (options: VersionsRoutesOptions): Router => {
  const { need } = options;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 20 });
  return Router()
    .get(path, need('read'), show(options))
    .post(`${path}/publish`, need('publish'), form, publish(options))
    .post(`${path}/discard`, need('edit-draft'), form, discard(options))
    .post(`${path}/cancel`, need('publish'), form, cancel(options));
};

/** Anything else is the newest page: an address that somebody shortened is no fault. */
const asked = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) });

const show =
  (options: VersionsRoutesOptions): RequestHandler =>
  (request, response) =>
    showVersions(options, request, response, 200, { notice: versionsNotice(request.query.done) });

type More = Pick<VersionsFacts, 'notice' | 'fault' | 'again'>;

const showVersions = async (
  options: VersionsRoutesOptions,
  request: Request,
  response: Response,
  status: number,
  more: More,
): Promise<void> => {
  const { desk, operatorOf, showPage } = options;
  const { before } = asked.parse(request.query);
  const [view, page] = await Promise.all([
    desk.view(),
    desk.list({ limit: pageLength, ...(before !== undefined && { before }) }),
  ]);
  const { working, published, scheduled } = view;
  const { role, via } = operatorOf(request);
  const allowed = (action: Action): boolean => may({ role, by: via.kind }, action) === 'allowed';
  const facts: VersionsFacts = {
    desk: view,
    ...(working.draft && { compared: await compareTexts(desk.check, published.text, working.text) }),
    scheduled: await Promise.all(
      scheduled.map(async (one) => ({
        scheduled: one,
        changes: (await changesInWords(desk.check, published.text, one.text)).changes,
      })),
    ),
    page,
    later: before !== undefined,
    may: { edit: allowed('edit-draft'), publish: allowed('publish'), rollBack: allowed('rollback') },
    ...more,
  };
  showPage(request, response, status, (frame) => renderVersionsPage(frame, facts));
};

const publishForm = z.object({ revision: seenNumber, instead: seenNumber });

const publish =
  (options: VersionsRoutesOptions): RequestHandler =>
  async (request, response) => {
    const { desk, clock, timeZone, operatorOf } = options;
    const typed = publishTyped(request.body);
    const refuse = (status: number, more: More): Promise<void> =>
      showVersions(options, request, response, status, more);
    const sent = publishForm.safeParse(request.body);
    if (!sent.success) return refuse(400, { fault: misread, again: { typed } });
    const wanted = publishAsked(typed, { timeZone: timeZone(), now: clock() });
    if (wanted.kind === 'faulty') return refuse(422, { fault: atField, again: { typed, fault: wanted } });
    const { revision, instead } = sent.data;
    // At once, a tick is given for the newer version that the page showed, and for no later one.
    const order = { revision, ...wanted.order, ...(wanted.order.at === undefined && { instead }) };
    const answered = publishAnswered(await desk.publish(order, operatorOf(request)));
    if (answered.kind === 'done') return goOn(response, answered.done);
    return refuse(answered.status, {
      fault: answered.fault,
      again: { typed: { ...typed, regardless: false } },
    });
  };

const discardForm = z.object({ revision: seenNumber });

const discard =
  (options: VersionsRoutesOptions): RequestHandler =>
  async (request, response) => {
    const { desk, operatorOf } = options;
    const sent = discardForm.safeParse(request.body);
    if (!sent.success) return showVersions(options, request, response, 400, { fault: misread });
    const done = await desk.discard(sent.data, operatorOf(request));
    if (done.kind === 'discarded') return goOn(response, 'discarded');
    const fault = `Nothing was discarded: ${whoDid(done.now)} meanwhile. The page shows how it stands now.`;
    return showVersions(options, request, response, 409, { fault });
  };

const cancelForm = z.object({ id: z.string().min(1).max(100) });

const cancel =
  (options: VersionsRoutesOptions): RequestHandler =>
  async (request, response) => {
    const { desk, operatorOf } = options;
    const sent = cancelForm.safeParse(request.body);
    if (!sent.success) return showVersions(options, request, response, 400, { fault: misread });
    const done = await desk.cancelScheduled(sent.data.id, operatorOf(request));
    if (done.kind === 'cancelled')
      return goOn(response, done.draft === 'restored' ? 'cancelled-restored' : 'cancelled');
    const fault = 'That isn’t scheduled any more: it was taken back, or is in force by now.';
    return showVersions(options, request, response, 409, { fault });
  };

const misread = 'That wasn’t sent by a form of this page. Nothing was changed.';
const atField = 'Nothing was published: see what is said at the field.';

const goOn = (response: Response, done: VersionsNotice): void => sendOn(response, `${path}?done=${done}`);
