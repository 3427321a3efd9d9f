/** `/-/console/see`: the page of any article as somebody else gets it, and each picture of it at `/-/console/see/page`. */
import type { RequestHandler, Router } from 'express';
import type { ConsoleShared } from '../area.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { sendSeenPage, sendWords } from '../shell/send-seen-page.ts';
import { type Look, productsOn } from './look.ts';
import { lookFault, nothingInWords } from './look-faults.ts';
import { type LookPageOptions, readerInWords } from './look-form-facts.ts';
import { type LookAnswer, type Looking, lookPageRoutes } from './look-page-routes.ts';
import { type SeeAsked, seeForm, seePageQuery, seeQuery, unreadable } from './look-schema.ts';
import { type Picture, renderSeePage, type SeeFacts } from './see-page.tsx';

export interface SeeRoutesOptions extends ConsoleShared, LookPageOptions {
  readonly look: Look;
}

export const seeRoutes = (options: SeeRoutesOptions): Router =>
  lookPageRoutes({
    place: 'see',
    options,
    form: seeForm,
    query: seePageQuery,
    render: renderSeePage,
    answer: (looking) => seen(options.look, looking),
  }).get('/-/console/see/page', options.need('read'), sendPicture(options));

type Seen = LookAnswer<Pick<SeeFacts, 'pictures'>>;

const seen = async (
  look: Look,
  { typed, desk, asked }: Looking<Omit<SeeAsked, 'policy'>>,
): Promise<{ readonly status: number; readonly answer: Seen }> => {
  const list: Picture[] = [];
  for (const [policy, name] of policiesOn(desk)) {
    const question = { ...asked, policy };
    const looked = await look.see(question, desk);
    if (looked.kind === 'faulty') {
      const { status, sentence: _, ...answer } = lookFault(looked.fault);
      return { status, answer };
    }
    list.push({ name, question, looked: looked.kind === 'seen' ? looked.seen : nothingInWords(looked) });
  }
  const draftFaulty = desk.working.draft !== undefined && desk.working.rules === undefined;
  const reader = readerInWords(typed, productsOn(desk));
  return { status: 200, answer: { pictures: { reader, list, draftFaulty } } };
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
