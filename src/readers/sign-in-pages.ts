/** The pages of signing in, filled with what the browser sent and may see again. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  renderCodePage,
  renderLinkPage,
  renderSignInPage,
  type SignInFault,
} from '../pages/sign-in-page.tsx';
import { renderSignedInPage, type SignedInFacts } from '../pages/signed-in-page.tsx';
import { renderSignedOutPage } from '../pages/signed-out-page.tsx';
import { localPath } from './local-path.ts';
import { signInMinutes } from './mailed-proof.ts';
import { clearedReaderCookie, clearedSignedOutCookie, cookieNames, cookieValues } from './reader-cookies.ts';
import type { SendPage } from './send-page.ts';

/** A request whose form and query were parsed, into anything at all. */
export interface FormRequest extends IncomingMessage {
  readonly body?: unknown;
  readonly query?: unknown;
}

export interface SignInPages {
  askAddress(request: FormRequest, response: ServerResponse, status: number, fault?: SignInFault): void;
  askCode(request: FormRequest, response: ServerResponse, status: number, asked: AskedCode): void;
  confirmLink(request: FormRequest, response: ServerResponse, asked: AskedLink): void;
  /** In place of going straight on, where others had to be signed out. */
  signedIn(request: FormRequest, response: ServerResponse, facts: SignedInHere): void;
  /** Takes the reader's cookie away too. */
  signedOut(request: FormRequest, response: ServerResponse): void;
}

interface AskedLink {
  readonly link: string;
  /** What this browser paid for would go to whoever the link was sent to. */
  readonly paidHere: boolean;
}

interface SignedInHere extends Omit<SignedInFacts, 'site'> {
  readonly setCookies: readonly string[];
}

interface AskedCode {
  readonly requestId: string;
  readonly fault?: SignInFault;
  readonly setCookies?: readonly string[];
}

interface Options {
  readonly sendPage: SendPage;
  readonly publicUrl: string;
  readonly secure: boolean;
  readonly allowedDevices: () => { readonly allowed?: number };
}

export const createSignInPages = ({ sendPage, publicUrl, secure, allowedDevices }: Options): SignInPages => ({
  askAddress: (request, response, status, fault) => {
    const email = emailTyped(request);
    const facts = {
      returnTo: returnPath(request, publicUrl),
      ...(email ? { email } : {}),
      ...(fault ? { fault } : {}),
    };
    // Said once: whoever comes again has read it.
    const wasSignedOut = cookieValues(request.headers.cookie, cookieNames(secure).signedOut).length > 0;
    const note = wasSignedOut ? { wasSignedOut: { ...allowedDevices() } } : {};
    sendPage(
      request,
      response,
      status,
      (site, messages) => renderSignInPage({ site, ...facts, ...note }, messages),
      wasSignedOut ? [clearedSignedOutCookie(secure)] : [],
    );
  },
  askCode: (request, response, status, { requestId, fault, setCookies }) => {
    const facts = {
      returnTo: returnPath(request, publicUrl),
      email: emailTyped(request),
      requestId,
      expiresInMinutes: signInMinutes,
      ...(fault ? { fault } : {}),
    };
    sendPage(
      request,
      response,
      status,
      (site, messages) => renderCodePage({ site, ...facts }, messages),
      setCookies,
    );
  },
  confirmLink: (request, response, asked) =>
    sendPage(request, response, 200, (site, messages) => renderLinkPage({ site, ...asked }, messages)),
  signedIn: (request, response, { setCookies, ...facts }) =>
    sendPage(
      request,
      response,
      200,
      (site, messages) => renderSignedInPage({ site, ...facts }, messages),
      setCookies,
    ),
  signedOut: (request, response) =>
    sendPage(request, response, 200, (site, messages) => renderSignedOutPage({ site }, messages), [
      clearedReaderCookie(secure),
    ]),
});

/** From the form when there is one, else from the address. Never back to signing in. */
export function returnPath({ body, query }: FormRequest, publicUrl: string): string {
  const path = localPath(field(body, 'return') ?? field(query, 'return'), publicUrl);
  return path.startsWith('/-/sign-') ? '/' : path;
}

/** Shown again whatever it is: it decides nothing here. */
const emailTyped = ({ body }: FormRequest): string => {
  const email = field(body, 'email');
  return typeof email === 'string' && email.length <= 254 ? email : '';
};

const field = (fields: unknown, name: string): unknown =>
  typeof fields === 'object' && fields !== null ? Reflect.get(fields, name) : undefined;
