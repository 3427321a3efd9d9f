/** Signing in to the console by mail, and out: `/-/console/sign-in` with its link and code, `/-/console/sign-out`. */
import type { IncomingMessage } from 'node:http';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../ops/clock.ts';
import { deviceLabel } from '../../readers/device-label.ts';
import { signInMinutes } from '../../readers/mailed-proof.ts';
import { onFailure, ownForm } from '../../readers/own-forms-routes.ts';
import type { SignInLimits } from '../../readers/rate-limits.ts';
import { type SendPage, sendOn } from '../../readers/send-page.ts';
import type { IdentifyOperator } from './identify-operator.ts';
import type { Operator } from './operator.ts';
import { operatorCookie, operatorSignInCookie, operatorSignInIn } from './operator-cookies.ts';
import { operatorEmail } from './operator-email-schema.ts';
import type { OperatorBrowser, OperatorSignIn, OperatorSignInOutcome } from './operator-sign-in.ts';
import {
  answeredTooMany,
  createOperatorSignInPages,
  type OperatorSignInPages,
  returnIn,
} from './operator-sign-in-pages.ts';
import { consoleReturn } from './return-path.ts';

export interface OperatorRoutesOptions {
  readonly signIn: OperatorSignIn;
  readonly identify: IdentifyOperator;
  /** May be the readers': operators are counted apart from them. */
  readonly limits: SignInLimits;
  /** Names the network that a request came from, whatever cookies it brought. */
  readonly networkOf: (request: IncomingMessage, now: number) => string;
  readonly sendPage: SendPage;
  /** `https://host[:port]`. */
  readonly consoleUrl: string;
  /** Where else the console's own pages may be open; the sandbox is both `localhost` and `127.0.0.1`. */
  readonly otherOrigins?: readonly string[];
  readonly clock: Clock;
  /** Told of what operators are not: failures of the store. */
  readonly report: (error: unknown) => void;
}

interface Context extends OperatorRoutesOptions {
  readonly secure: boolean;
  readonly pages: OperatorSignInPages;
}

export const operatorRoutes = (options: OperatorRoutesOptions): Router => {
  const { consoleUrl, sendPage, report, otherOrigins = [] } = options;
  const secure = consoleUrl.startsWith('https:');
  const pages = createOperatorSignInPages({ sendPage, consoleUrl, secure });
  const context: Context = { ...options, secure, pages };
  const form = ownForm([consoleUrl, ...otherOrigins], sendPage);
  return (
    Router()
      // Whoever loads the page again that a wrong code came back on begins anew.
      .get(['/-/console/sign-in', '/-/console/sign-in/code'], showForm(context))
      .post('/-/console/sign-in', ...form, askForMail(context))
      .get('/-/console/sign-in/link', showLink(context))
      .post('/-/console/sign-in/link', ...form, completeByLink(context))
      .post('/-/console/sign-in/code', ...form, completeByCode(context))
      .post('/-/console/sign-out', ...form, signOut(context, 'here'))
      .post('/-/console/sign-out/everywhere', ...form, signOut(context, 'everywhere'))
      .use(onFailure(sendPage, report))
  );
};

const showForm =
  (context: Context): RequestHandler =>
  async (request, response) => {
    if (await signedInAs(context, request)) {
      sendOn(response, returnIn(request, context.consoleUrl));
      return;
    }
    context.pages.askAddress(request, response, 200);
  };

/** By the cookie alone: a program with a token has nothing to sign in or out of. */
const signedInAs = async (
  { identify, clock }: Context,
  { headers: { cookie } }: Request,
): Promise<Operator | undefined> => {
  const found = await identify({ cookie, authorization: undefined }, clock());
  return found.kind === 'operator' ? found.operator : undefined;
};

const emailForm = z.object({ email: operatorEmail });

const askForMail =
  (context: Context): RequestHandler =>
  async (request, response) => {
    const { signIn, limits, networkOf, clock, secure, consoleUrl, pages } = context;
    const now = clock();
    const asked = emailForm.safeParse(request.body);
    if (!asked.success) return context.pages.askAddress(request, response, 400, 'email');
    const { email } = asked.data;
    // One after the other: a network that has asked enough must not use up what an address has left.
    const ofNetwork = await limits.perNetwork(countedApart(networkOf(request, now)));
    if (answeredTooMany(context.pages, [ofNetwork], request, response)) return;
    if (answeredTooMany(context.pages, [await limits.perAddress(countedApart(email))], request, response))
      return;
    const returnTo = returnIn(request, consoleUrl);
    const { requestId } = await signIn.request({ email, returnTo }, now);
    const setCookies = [operatorSignInCookie(requestId, signInMinutes * 60, secure)];
    pages.askCode(request, response, 200, { setCookies });
  };

const linkForm = z.object({ link: z.string().regex(/^[\w-]{32}$/) });
/** People type a code in groups, as they see it. */
const codeForm = z.object({
  code: z
    .string()
    .max(40)
    .transform((code) => code.replace(/[\s-]/g, '')),
});

/** Uses nothing up: mail scanners open links, and only people press buttons. */
const showLink =
  (context: Context): RequestHandler =>
  (request, response) => {
    const asked = linkForm.safeParse(request.query);
    if (!asked.success) return context.pages.askAddress(request, response, 410, 'expired');
    context.pages.confirmLink(request, response, 200, asked.data.link);
  };

const completeByLink =
  (context: Context): RequestHandler =>
  async (request, response) => {
    const { signIn, limits, networkOf, clock } = context;
    const now = clock();
    const tries = await limits.perNetworkTries(countedApart(networkOf(request, now)));
    if (answeredTooMany(context.pages, [tries], request, response)) return;
    const asked = linkForm.safeParse(request.body);
    const outcome: OperatorSignInOutcome = asked.success
      ? await signIn.completeByLink(asked.data.link, await browserOf(context, request), now)
      : { kind: 'refused' };
    if (outcome.kind === 'refused') context.pages.askAddress(request, response, 410, 'expired');
    else welcome(context, response, outcome);
  };

const completeByCode =
  (context: Context): RequestHandler =>
  async (request, response) => {
    const { signIn, limits, networkOf, clock, secure } = context;
    const now = clock();
    const requestId = operatorSignInIn(request.headers.cookie, secure);
    if (requestId === undefined || !/^[\w-]{22}$/.test(requestId))
      return context.pages.askAddress(request, response, 410, 'expired');
    const limited = [
      await limits.perNetworkTries(countedApart(networkOf(request, now))),
      await limits.perCode(countedApart(requestId)),
    ];
    if (answeredTooMany(context.pages, limited, request, response)) return;
    const asked = codeForm.safeParse(request.body);
    const outcome: OperatorSignInOutcome = asked.success
      ? await signIn.completeByCode(requestId, asked.data.code, await browserOf(context, request), now)
      : { kind: 'refused' };
    if (outcome.kind === 'refused') context.pages.askCode(request, response, 400, { fault: 'code' });
    else welcome(context, response, outcome);
  };

async function browserOf(context: Context, request: Request): Promise<OperatorBrowser> {
  const operator = await signedInAs(context, request);
  const label = deviceLabel(request.headers['user-agent']);
  return operator?.via.kind === 'device' ? { label, previous: operator.via.id } : { label };
}

const welcome = (
  { consoleUrl, secure }: Context,
  response: Response,
  { secret, returnTo }: Extract<OperatorSignInOutcome, { kind: 'signed-in' }>,
): void =>
  sendOn(response, consoleReturn(returnTo, consoleUrl), [
    operatorCookie(secret, secure),
    operatorSignInCookie('', 0, secure),
  ]);

const signOut =
  (context: Context, where: 'here' | 'everywhere'): RequestHandler =>
  async (request, response) => {
    const { signIn, clock, pages, report } = context;
    try {
      const operator = await signedInAs(context, request);
      if (operator) await signIn.signOut(operator, where, clock());
      pages.signedOut(request, response, 200, operator ? where : 'here');
    } catch (error) {
      report(error);
      // This browser is signed out by losing its cookie, even while the store can't note it; no other browser is.
      pages.signedOut(request, response, 503, 'here-only');
    }
  };

/** Who signs in as a reader must not use up what an operator with that address or network has left, nor the other way. */
const countedApart = (key: string): string => `operator:${key}`;
