/** `/-/console/messages`: the publisher's own words for readers' pages, by language, and what they look like. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../ops/clock.ts';
import { messageKeys } from '../../pages/messages/message-keys.ts';
import { sendOn } from '../../readers/send-page.ts';
import type { ConsoleShared } from '../area.ts';
import { answerEdit, noticeOf } from '../draft/answer-edit.ts';
import { formFault } from '../draft/form-again.ts';
import { mayChange } from '../draft/may-change.ts';
import { sendPicture, sendWords } from '../shell/send-seen-page.ts';
import { type MessageGroup, messageGroups } from './message-groups.ts';
import { type NamedLocale, namedLocale } from './message-locale.ts';
import { drawMessages } from './message-pictures.tsx';
import { type MessagesAsked, messagesAddress, usualCount } from './messages-address.ts';
import { type MessagesFacts, renderMessagesPage } from './messages-page.tsx';
import { messagesWith, ownTexts, viewMessages } from './messages-view.ts';

interface Options extends Pick<ConsoleShared, 'need' | 'operatorOf' | 'showPage' | 'desk' | 'publicUrl'> {
  /** The readers' time. */
  readonly readersClock: Clock;
}

const path = '/-/console/messages';

export const messagesRoutes = (options: Options): Router => {
  const { need } = options;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 20 });
  return Router()
    .get(path, need('read'), show(options))
    .get(`${path}/picture`, need('read'), picture(options))
    .post(`${path}/save`, need('edit-draft'), form, save(options));
};

const groups = messageGroups.map(({ id }) => id) as [MessageGroup, ...MessageGroup[]];

const asked = z.object({
  locale: z.string().trim().max(60).catch(''),
  group: z.enum(groups).catch('prompt'),
  q: z.string().trim().max(100).catch(''),
  picture: z.string().max(40).catch(''),
  count: z.coerce.number().int().min(0).max(10_000_000).catch(usualCount),
});

interface Read {
  readonly asked: MessagesAsked;
  readonly named: NamedLocale;
}

const readAsked = async ({ desk }: Options, sent: unknown): Promise<Read> => {
  const { locale, q, ...others } = asked.parse(typeof sent === 'object' && sent !== null ? sent : {});
  const { working, published } = await desk.view();
  const policy = working.policy ?? published.policy;
  if (policy === undefined) throw new Error('The policy in force has faults.');
  const site = policy.site.language;
  const named = namedLocale(locale || site, policy);
  return { named, asked: { locale: named.kind === 'locale' ? named.locale : site, search: q, ...others } };
};

const show =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const read = await readAsked(options, request.query);
    if (read.named.kind === 'faulty')
      return showMessages(options, request, response, 400, read.asked, { fault: read.named.message });
    const notice = noticeOf(request.query.done);
    await showMessages(options, request, response, 200, read.asked, notice === undefined ? {} : { notice });
  };

const showMessages = async (
  { desk, operatorOf, showPage }: Options,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  wanted: MessagesAsked,
  more: Pick<MessagesFacts, 'notice' | 'fault' | 'again'>,
): Promise<void> => {
  const view = await viewMessages(desk, wanted.locale);
  showPage(request, response, status, (frame) =>
    renderMessagesPage(frame, {
      view,
      asked: wanted,
      mayChange: mayChange(operatorOf(request), view.desk),
      ...more,
    }),
  );
};

const tried = z.object({ key: z.enum(messageKeys).catch(''), text: z.string().max(4000).catch('') });

const picture =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const { asked: wanted, named } = await readAsked(options, request.query);
    if (named.kind === 'faulty') return sendWords(response, named.message, 400);
    const { desk, readersClock: clock, publicUrl } = options;
    const { policy } = await viewMessages(desk, wanted.locale);
    const { key, text } = tried.parse(request.query);
    const { [key]: _, ...others } = ownTexts(policy, wanted.locale);
    const typed = oneLine(text);
    const own = key === '' ? ownTexts(policy, wanted.locale) : { ...others, ...(typed && { [key]: typed }) };
    const messages = messagesWith(policy, { ...policy.messages, [wanted.locale]: own }, wanted.locale);
    const { group, picture: id, count } = wanted;
    sendPicture(response, drawMessages(group, id, { policy, messages, count, now: clock(), publicUrl }));
  };

const saved = z.object({
  revision: z.coerce.number().int().nonnegative(),
  key: z.enum(messageKeys),
  text: z.string().max(20_000).default(''),
  reset: z.string().optional(),
});

const save =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const { asked: wanted, named } = await readAsked(options, request.body);
    const { success, data } = saved.safeParse(request.body);
    if (!success || named.kind === 'faulty')
      return showMessages(options, request, response, 400, wanted, { fault: misread });
    const { key, revision, reset } = data;
    const text = reset === undefined ? oneLine(data.text) || null : null;
    const { desk, operatorOf } = options;
    const edit = { kind: 'set-message', locale: wanted.locale, key, text } as const;
    const answered = await answerEdit(desk, { edit, revision }, operatorOf(request));
    if (answered.kind === 'done')
      return sendOn(response, `${messagesAddress(wanted)}&done=${answered.done}#${key}`);
    const { status, fault, fields } = answered;
    const faults = fields.map((each) => ({ ...formFault(each), field: 'text' }));
    const again = { form: key, typed: { text: data.text }, faults, overtaken: status === 409 };
    await showMessages(options, request, response, status, wanted, { fault, again });
  };

/** Readers' pages wrap lines by themselves. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const misread = 'That form wasn’t one of this page’s: nothing was changed. Make the change here once more.';
