/** Signing in by mail, and out: `/-/sign-in` with its link and code, `/-/sign-out`. */
import type { ServerResponse } from 'node:http';
import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { completeByCode, completeByLink, showLink } from './complete-sign-in-routes.ts';
import { signInMinutes } from './mailed-proof.ts';
import { onFailure, ownForm } from './own-forms-routes.ts';
import type { LimitAnswer } from './rate-limits.ts';
import type { Email } from './reader.ts';
import { signInCookie } from './reader-cookies.ts';
import { createSendPage, localeOf, sendOn } from './send-page.ts';
import type { SignInContext, SignInRoutesOptions } from './sign-in-context.ts';
import { createSignInPages, type FormRequest, returnPath, type SignInPages } from './sign-in-pages.ts';
import { isUnproved, unprovedReader } from './unproved-reader.ts';

export const signInRoutes = (options: SignInRoutesOptions): Router => {
  const { publicUrl, report } = options;
  const sendPage = createSendPage(options.inForce, options.visitorNumberOf);
  const secure = publicUrl.startsWith('https:');
  const allowedDevices = () => options.inForce().policy.devices;
  const pages = createSignInPages({ sendPage, publicUrl, secure, allowedDevices });
  const context: SignInContext = {
    ...options,
    secure,
    pages,
    answeredTooMany: (limits, request, response) => answeredTooMany(pages, limits, request, response),
  };
  const form = ownForm([publicUrl, ...(options.otherOrigins ?? [])], sendPage);
  return Router()
    .get('/-/sign-in', showForm(context))
    .post('/-/sign-in', ...form, askForMail(context))
    .get('/-/sign-in/link', showLink(context))
    .post('/-/sign-in/link', ...form, completeByLink(context))
    .post('/-/sign-in/code', ...form, completeByCode(context))
    .post('/-/sign-out', ...form, signOut(context))
    .use(onFailure(sendPage, report));
};

const showForm =
  (context: SignInContext): RequestHandler =>
  async (request, response) => {
    const { identityOf, clock, pages, publicUrl } = context;
    const { asker, bearer, setCookies } = await identityOf(request, clock());
    // A reader without an address is signed in and may have an account all the same.
    if (!asker.reader || bearer || (await isUnproved(context, asker.reader.id))) {
      pages.askAddress(request, response, 200);
      return;
    }
    const returnTo = returnPath(request, publicUrl);
    sendOn(response, returnTo === '/' ? '/-/account' : returnTo, setCookies);
  };

const emailForm = z.object({ email: z.string().trim().toLowerCase().max(254).pipe(z.email()) });

const askForMail =
  (context: SignInContext): RequestHandler =>
  async (request, response) => {
    const { signIn, limits, pages, clock, secure, report } = context;
    const now = clock();
    const asked = emailForm.safeParse(request.body);
    if (!asked.success) {
      pages.askAddress(request, response, 400, 'email');
      return;
    }
    const email = asked.data.email as Email;
    // One after the other: a network that has asked enough must not use up what an address has left.
    if (
      context.answeredTooMany([await limits.perNetwork(context.networkOf(request, now))], request, response)
    )
      return;
    if (context.answeredTooMany([await limits.perAddress(email)], request, response)) return;
    const returnTo = returnPath(request, context.publicUrl);
    const locale = localeOf(request, context.inForce().policy);
    const confirming = (await unprovedReader(context, request, now)) !== undefined;
    const outcome = await signIn.request({ email, returnTo, locale, confirming }, now);
    if (outcome.kind === 'mail-failed') {
      report(outcome.error);
      pages.askAddress(request, response, 503, 'mail');
      return;
    }
    const { requestId } = outcome;
    const setCookies = [signInCookie(requestId, signInMinutes * 60, secure)];
    pages.askCode(request, response, 200, { requestId, setCookies });
  };

const signOut =
  ({ identityOf, store, clock, pages, report }: SignInContext): RequestHandler =>
  async (request, response) => {
    const { asker, bearer } = await identityOf(request, clock());
    // This browser is signed out by losing its cookie, even while the store can't note it.
    if (asker.reader && !bearer) await store.revokeDevice(asker.reader.device).catch(report);
    pages.signedOut(request, response);
  };

function answeredTooMany(
  pages: SignInPages,
  limits: readonly LimitAnswer[],
  request: FormRequest,
  response: ServerResponse,
): boolean {
  const waits = limits.flatMap((answer) => (answer.kind === 'beyond' ? answer.retryAfterSeconds : []));
  if (waits.length === 0) return false;
  response.setHeader('Retry-After', Math.max(...waits));
  pages.askAddress(request, response, 429, 'tooMany');
  return true;
}
