/** `/-/account/export` and `/-/account/erase`: a reader takes what is known of them along, or has it removed. */

import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { type EraseFacts, renderErasedPage, renderErasePage } from '../pages/erase-page.tsx';
import { signInAddress } from '../pages/sign-in-page.tsx';
import type { EraseReader, Erasure } from './erase-reader.ts';
import type { ExportReader } from './export-reader.ts';
import { type HandleReader, forReader as readersOnly } from './for-reader-routes.ts';
import { onFailure, ownForm } from './own-forms-routes.ts';
import type { OwnPages } from './own-pages.ts';
import type { BillingStanding, ReaderBilling } from './reader-billing.ts';
import { clearedReaderCookie } from './reader-cookies.ts';
import { createSendPage, type SendPage, sendOn } from './send-page.ts';

export interface AccountDataRoutesOptions extends OwnPages {
  readonly exportReader: ExportReader;
  readonly eraseReader: EraseReader;
  /** Absent: nothing is sold here. */
  readonly billing?: Pick<ReaderBilling, 'standing'>;
}

interface Context extends AccountDataRoutesOptions {
  readonly sendPage: SendPage;
  readonly secure: boolean;
}

export const accountDataRoutes = (options: AccountDataRoutesOptions): Router => {
  const { publicUrl, report } = options;
  const sendPage = createSendPage(options.inForce, options.visitorNumberOf);
  const form = ownForm([publicUrl, ...(options.otherOrigins ?? [])], sendPage);
  const forReader = readersOnly(options);
  const context: Context = { ...options, sendPage, secure: publicUrl.startsWith('https:') };
  return Router()
    .get('/-/account/export', forReader(download(context)))
    .get('/-/account/erase', forReader(confirmErasure(context)))
    .post('/-/account/erase', ...form, forReader(erase(context)))
    .use(onFailure(sendPage, report));
};

const download =
  ({ exportReader, clock, secure }: Context): HandleReader =>
  async (_request, response, { id }, setCookies) => {
    const known = await exportReader(id, clock());
    if (!known) return sendOn(response, signInAddress('/-/account'), [clearedReaderCookie(secure)]);
    if (setCookies.length > 0) response.appendHeader('Set-Cookie', [...setCookies]);
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="account.json"',
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(`${JSON.stringify(known, null, 2)}\n`);
  };

const confirmErasure =
  (context: Context): HandleReader =>
  async (request, response, { id }, setCookies) => {
    const standing = (await context.billing?.standing(id)) ?? nothingBought;
    askToErase(context, request, response, 200, standing, setCookies);
  };

const nothingBought: BillingStanding = { running: [], customer: false };

const eraseForm = z.object({ cancel: z.literal('yes').optional().catch(undefined) });

const erase =
  (context: Context): HandleReader =>
  async (request, response, { id, device }) => {
    const { eraseReader, sendPage, secure, report } = context;
    const mayEnd = eraseForm.safeParse(request.body ?? {}).data?.cancel === 'yes';
    let erasure: Erasure;
    try {
      erasure = await eraseReader({ reader: id, device, mayEnd });
    } catch (error) {
      report(error);
      const facts = { running: [], customer: false, mayEnd, fault: 'partly' } as const;
      return askToErase(context, request, response, 503, facts);
    }
    if (erasure.kind === 'running') {
      const facts = { running: erasure.running, customer: true, fault: 'live' } as const;
      return askToErase(context, request, response, 409, facts);
    }
    const { ended, customer } = erasure;
    sendPage(
      request,
      response,
      200,
      (site, messages) => renderErasedPage({ site, ended, customer }, messages),
      [clearedReaderCookie(secure)],
    );
  };

const askToErase = (
  { sendPage }: Context,
  request: Request,
  response: Response,
  status: number,
  facts: Omit<EraseFacts, 'site'>,
  setCookies: readonly string[] = [],
): void =>
  sendPage(
    request,
    response,
    status,
    (site, messages) => renderErasePage({ site, ...facts }, messages),
    setCookies,
  );
