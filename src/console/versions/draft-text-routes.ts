/** `/-/console/versions/text`: all of the draft's text, to be written in. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { DraftConflict } from '../../policy/versions/draft.ts';
import { sendOn } from '../../readers/send-page.ts';
import { mayEditDraft } from '../draft/may-change.ts';
import { whoDid } from '../draft/publish-answer.ts';
import { seenNumber } from '../draft/seen-number-schema.ts';
import { compareTexts } from './compared-texts.ts';
import { versionsNotice } from './versions-notices.ts';
import type { VersionsRoutesOptions } from './versions-routes.ts';
import { type DraftTextFacts, renderDraftTextPage } from './versions-text-page.tsx';

const path = '/-/console/versions/text';

/** A mebibyte, each byte as three characters and some lines' ends as six. */
const maxBody = '4mb';

export const draftTextRoutes = (options: VersionsRoutesOptions): Router => {
  const { need } = options;
  const form = express.urlencoded({ extended: false, limit: maxBody, parameterLimit: 20 });
  return Router().get(path, need('read'), show(options)).post(path, need('edit-draft'), form, save(options));
};

const show =
  (options: VersionsRoutesOptions): RequestHandler =>
  async (request, response) => {
    const { working } = await options.desk.view();
    const { text, revision, basedOn, draft } = working;
    const notice = versionsNotice(request.query.done);
    showText(options, request, response, 200, {
      ...{ text, revision, basedOn, notice },
      checked: working,
      ...(draft && { draft }),
    });
  };

const showText = (
  { operatorOf, showPage }: VersionsRoutesOptions,
  request: Request,
  response: Response,
  status: number,
  shown: Omit<DraftTextFacts, 'mayEdit'>,
): void => {
  const mayEdit = mayEditDraft(operatorOf(request));
  showPage(request, response, status, (frame) => renderDraftTextPage(frame, { ...shown, mayEdit }));
};

const saveForm = z.object({
  text: z.string(),
  revision: seenNumber,
  basedOn: seenNumber,
});

const save =
  (options: VersionsRoutesOptions): RequestHandler =>
  async (request, response) => {
    const { desk, operatorOf } = options;
    const sent = saveForm.safeParse(request.body);
    const { working, published } = await desk.view();
    if (!sent.success) {
      const { text, revision, basedOn } = working;
      const fault = 'That wasn’t sent by the form of this page. Nothing was saved.';
      return showText(options, request, response, 400, { text, revision, basedOn, fault, checked: working });
    }
    const { revision, basedOn } = sent.data;
    const text = asWritten(sent.data.text, working.text);
    const isBack = text === published.text && revision === working.revision;
    if (isBack && !working.draft) return sendOn(response, `${path}?done=unchanged`);
    const by = operatorOf(request);
    const saved = isBack
      ? await desk.discard({ revision }, by)
      : await desk.saveText({ text, revision, basedOn }, by);
    switch (saved.kind) {
      case 'discarded':
        return sendOn(response, `${path}?done=unchanged`);
      case 'saved':
        return sendOn(response, `${path}?done=${saved.faults.length > 0 ? 'saved-faulty' : 'saved'}`);
      case 'conflict':
        return showConflict(options, request, response, { text, basedOn, conflict: saved });
      case 'too-long':
      case 'unknown-version': {
        const fault =
          saved.kind === 'too-long'
            ? `Nothing was saved: a policy has at most ${saved.most} bytes, and this one has more.`
            : 'Nothing was saved: the version that this text was made from was never published.';
        const base = saved.kind === 'too-long' ? basedOn : working.basedOn;
        const checked = await desk.check(text);
        return showText(options, request, response, 422, { text, revision, basedOn: base, fault, checked });
      }
      default:
        return saved satisfies never;
    }
  };

interface Overtaken {
  readonly text: string;
  readonly basedOn: number;
  readonly conflict: DraftConflict;
}

/** What was typed stays in the field; saving it once more is knowing of the other one. */
const showConflict = async (
  options: VersionsRoutesOptions,
  request: Request,
  response: Response,
  { text, basedOn, conflict: { now } }: Overtaken,
): Promise<void> => {
  const { desk } = options;
  const theirs = now.kind === 'draft' ? now.text : (await desk.view()).published.text;
  showText(options, request, response, 409, {
    ...{ text, basedOn, revision: now.revision },
    checked: await desk.check(text),
    fault: `Nothing was saved: ${whoDid(now)} while you were writing. Your text stands below as you typed it; save it once more if it shall take the place of what is there now.`,
    conflict: { compared: await compareTexts(desk.check, theirs, text) },
  });
};

/** Browsers send each line's end as CR LF, whatever it was: as in the text that they were given. */
const asWritten = (sent: string, before: string): string => {
  const plain = sent.replace(/\r\n?/g, '\n');
  return before.includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
};
