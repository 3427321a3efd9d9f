/** The second half of signing in: the mailed link, pressed or typed in as its code. */
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { deviceLabel } from './device-label.ts';
import { localPath } from './local-path.ts';
import { cookieNames, cookieValues, readerCookie, signInCookie } from './reader-cookies.ts';
import { sendOn } from './send-page.ts';
import type { Browser, SignInOutcome } from './sign-in.ts';
import type { SignInContext } from './sign-in-context.ts';
import { unprovedReader } from './unproved-reader.ts';

const linkForm = z.object({ link: z.string().regex(/^[\w-]{32}$/) });
/** People type a code in groups, as they see it. */
const codeForm = z.object({
  code: z
    .string()
    .max(40)
    .transform((code) => code.replace(/[\s-]/g, '')),
});

/** Uses nothing up: mail scanners open links, and only people press buttons. */
export const showLink =
  (context: SignInContext): RequestHandler =>
  async (request, response) => {
    const { pages, clock } = context;
    const asked = linkForm.safeParse(request.query);
    if (!asked.success) return pages.askAddress(request, response, 410, 'expired');
    // A link that somebody else sent would give them what this browser paid for: its reader is told before.
    const paidHere = (await unprovedReader(context, request, clock())) !== undefined;
    pages.confirmLink(request, response, { link: asked.data.link, paidHere });
  };

export const completeByLink =
  (context: SignInContext): RequestHandler =>
  async (request, response) => {
    const { signIn, limits, clock, pages } = context;
    const now = clock();
    if (
      context.answeredTooMany(
        [await limits.perNetworkTries(context.networkOf(request, now))],
        request,
        response,
      )
    )
      return;
    const asked = linkForm.safeParse(request.body);
    const outcome: SignInOutcome = asked.success
      ? await signIn.completeByLink(asked.data.link, await browserOf(context, request, now), now)
      : { kind: 'refused' };
    if (outcome.kind === 'refused') pages.askAddress(request, response, 410, 'expired');
    else welcome(context, request, response, outcome);
  };

export const completeByCode =
  (context: SignInContext): RequestHandler =>
  async (request, response) => {
    const { signIn, limits, clock, pages, secure } = context;
    const now = clock();
    const [requestId = ''] = cookieValues(request.headers.cookie, cookieNames(secure).signIn);
    if (!/^[\w-]{22}$/.test(requestId)) {
      pages.askAddress(request, response, 410, 'expired');
      return;
    }
    const limited = [
      await limits.perNetworkTries(context.networkOf(request, now)),
      await limits.perCode(requestId),
    ];
    if (context.answeredTooMany(limited, request, response)) return;
    const asked = codeForm.safeParse(request.body);
    const outcome: SignInOutcome = asked.success
      ? await signIn.completeByCode(requestId, asked.data.code, await browserOf(context, request, now), now)
      : { kind: 'refused' };
    if (outcome.kind === 'refused') pages.askCode(request, response, 400, { requestId, fault: 'code' });
    else welcome(context, request, response, outcome);
  };

async function browserOf({ identityOf }: SignInContext, request: Request, now: number): Promise<Browser> {
  const { asker, bearer } = await identityOf(request, now);
  return {
    label: deviceLabel(request.headers['user-agent']),
    ...(asker.newVisitor ? {} : { visitor: asker.visitor }),
    ...(asker.reader && !bearer
      ? { previousDevice: asker.reader.device, previousReader: asker.reader.id }
      : {}),
  };
}

const welcome = (
  { publicUrl, secure, pages, inForce }: SignInContext,
  request: Request,
  response: Response,
  { token, returnTo, signedOut }: Extract<SignInOutcome, { kind: 'signed-in' }>,
): void => {
  const path = localPath(returnTo, publicUrl);
  const setCookies = [readerCookie(token, secure), signInCookie('', 0, secure)];
  const { allowed } = inForce().policy.devices;
  if (signedOut.length === 0 || allowed === undefined) {
    sendOn(response, path, setCookies);
    return;
  }
  const labels = signedOut.map(({ label }) => label);
  pages.signedIn(request, response, { signedOut: labels, allowed, returnTo: path, setCookies });
};
