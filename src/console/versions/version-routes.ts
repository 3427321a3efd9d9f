/** `/-/console/versions/4`: one version, and going back to it. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { sendOn } from '../../readers/send-page.ts';
import { publishAnswered } from '../draft/publish-answer.ts';
import { seenNumber } from '../draft/seen-number-schema.ts';
import { may } from '../operators/may.ts';
import { compareTexts } from './compared-texts.ts';
import { publishAsked, publishTyped } from './publish-form.ts';
import { renderNoVersionPage, renderVersionPage, type VersionFacts } from './version-page.tsx';
import type { VersionsRoutesOptions } from './versions-routes.ts';

const path = '/-/console/versions';

export const versionRoutes = (options: VersionsRoutesOptions): Router => {
  const { need } = options;
  const form = express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 20 });
  return Router()
    .get(`${path}/:number`, need('read'), (request, response) =>
      showVersion(options, request, response, 200, {}),
    )
    .post(`${path}/:number/rollback`, need('rollback'), form, rollBack(options));
};

type More = Pick<VersionFacts, 'fault' | 'again'>;

const params = z.object({
  number: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
});

const showVersion = async (
  options: VersionsRoutesOptions,
  request: Request,
  response: Response,
  status: number,
  more: More,
): Promise<void> => {
  const { desk, operatorOf, showPage } = options;
  const asked = params.safeParse(request.params);
  const version = asked.success ? await desk.version(asked.data.number) : undefined;
  if (!version) return showPage(request, response, 404, renderNoVersionPage);
  const [{ published }, before] = await Promise.all([
    desk.view(),
    version.number > 1 ? desk.version(version.number - 1) : undefined,
  ]);
  const { role, via } = operatorOf(request);
  const facts: VersionFacts = {
    version,
    ...(before && { changed: await compareTexts(desk.check, before.text, version.text) }),
    inForce: published.version,
    ...(version.text !== published.text && {
      back: await compareTexts(desk.check, published.text, version.text),
    }),
    mayRollBack: may({ role, by: via.kind }, 'rollback') === 'allowed',
    ...more,
  };
  showPage(request, response, status, (frame) => renderVersionPage(frame, facts));
};

const rollbackForm = z.object({ instead: seenNumber });

const rollBack =
  (options: VersionsRoutesOptions): RequestHandler =>
  async (request, response) => {
    const { desk, clock, timeZone, operatorOf } = options;
    const typed = publishTyped(request.body);
    const refuse = (status: number, more: More): Promise<void> =>
      showVersion(options, request, response, status, more);
    const [of, sent] = [params.safeParse(request.params), rollbackForm.safeParse(request.body)];
    if (!of.success || !sent.success) return refuse(400, { fault: misread, again: { typed } });
    const wanted = publishAsked(typed, { timeZone: timeZone(), now: clock() });
    if (wanted.kind === 'faulty')
      return refuse(422, {
        fault: 'Nothing was published: see what is said at the field.',
        again: { typed, fault: wanted },
      });
    // A rollback at once is always of what the page showed; one at a time may be meant whatever comes in between.
    const regardless = wanted.order.regardless && wanted.order.at !== undefined;
    const order = { ...wanted.order, regardless, to: of.data.number, instead: sent.data.instead };
    const answered = publishAnswered(await desk.rollBack(order, operatorOf(request)));
    if (answered.kind === 'back') return refuse(answered.status, { fault: answered.fault, again: { typed } });
    sendOn(response, `${path}?done=${answered.done === 'published' ? 'rolled-back' : 'rollback-scheduled'}`);
  };

const misread = 'That wasn’t sent by a form of this page. Nothing was changed.';
