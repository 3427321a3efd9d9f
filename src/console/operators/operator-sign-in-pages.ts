/** The pages of signing in to the console, filled with what the browser sent and may see again. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { signInMinutes } from '../../readers/mailed-proof.ts';
import type { LimitAnswer } from '../../readers/rate-limits.ts';
import type { SendPage } from '../../readers/send-page.ts';
import { clearedOperatorCookie } from './operator-cookies.ts';
import {
  type OperatorSignInFault,
  renderOperatorCodePage,
  renderOperatorLinkPage,
  renderOperatorSignedOutPage,
  renderOperatorSignInPage,
  type SignedOutWhere,
} from './operator-sign-in-page.tsx';
import { consoleReturn } from './return-path.ts';

/** A request whose form and query were parsed, into anything at all. */
export interface OperatorFormRequest extends IncomingMessage {
  readonly body?: unknown;
  readonly query?: unknown;
}

type Send<More extends readonly unknown[]> = (
  request: OperatorFormRequest,
  response: ServerResponse,
  status: number,
  ...more: More
) => void;

export interface OperatorSignInPages {
  readonly askAddress: Send<[fault?: OperatorSignInFault]>;
  readonly askCode: Send<[asked: { fault?: OperatorSignInFault; setCookies?: readonly string[] }]>;
  readonly confirmLink: Send<[link: string]>;
  /** Takes the cookie away too. */
  readonly signedOut: Send<[where: SignedOutWhere]>;
}

interface Options {
  readonly sendPage: SendPage;
  readonly consoleUrl: string;
  readonly secure: boolean;
}

export const createOperatorSignInPages = ({
  sendPage,
  consoleUrl,
  secure,
}: Options): OperatorSignInPages => ({
  askAddress: (request, response, status, fault) => {
    const email = emailTyped(request);
    const returnTo = returnIn(request, consoleUrl);
    const facts = { returnTo, ...(email ? { email } : {}), ...(fault ? { fault } : {}) };
    sendPage(request, response, status, (site, words) => renderOperatorSignInPage({ site, ...facts }, words));
  },
  askCode: (request, response, status, { fault, setCookies }) => {
    const facts = {
      email: emailTyped(request),
      expiresInMinutes: signInMinutes,
      ...(fault ? { fault } : {}),
    };
    sendPage(
      request,
      response,
      status,
      (site, words) => renderOperatorCodePage({ site, ...facts }, words),
      setCookies,
    );
  },
  confirmLink: (request, response, status, link) =>
    sendPage(request, response, status, (site, words) => renderOperatorLinkPage({ site, link }, words)),
  signedOut: (request, response, status, where) =>
    sendPage(
      request,
      response,
      status,
      (site, words) => renderOperatorSignedOutPage({ site, where }, words),
      [clearedOperatorCookie(secure)],
    ),
});

/** True: it was too much, and that has been answered. */
export function answeredTooMany(
  pages: Pick<OperatorSignInPages, 'askAddress'>,
  limits: readonly LimitAnswer[],
  request: OperatorFormRequest,
  response: ServerResponse,
): boolean {
  const waits = limits.flatMap((answer) => (answer.kind === 'beyond' ? answer.retryAfterSeconds : []));
  if (waits.length === 0) return false;
  response.setHeader('Retry-After', Math.max(...waits));
  pages.askAddress(request, response, 429, 'tooMany');
  return true;
}

/** From the form when there is one, else from the address. */
export const returnIn = ({ body, query }: OperatorFormRequest, consoleUrl: string): string =>
  consoleReturn(fieldOf(body, 'return') ?? fieldOf(query, 'return'), consoleUrl);

/** Shown again whatever it is: it decides nothing here. */
const emailTyped = ({ body }: OperatorFormRequest): string => {
  const email = fieldOf(body, 'email');
  return typeof email === 'string' && email.length <= 254 ? email : '';
};

const fieldOf = (fields: unknown, name: string): unknown =>
  typeof fields === 'object' && fields !== null ? Reflect.get(fields, name) : undefined;
