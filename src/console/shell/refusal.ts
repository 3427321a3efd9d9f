/** Every answer by which the console refuses a request, with codes that stay the same. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SendPage } from '../../readers/send-page.ts';
import { renderRefusalPage } from './refusal-page.tsx';

interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export const refusals = {
  'operator-unknown': {
    status: 401,
    title: 'Sign in first',
    detail: 'Sign in at /-/console/sign-in, or send an API token: Authorization: Bearer gfo_….',
  },
  'sign-in-ended': {
    status: 401,
    title: 'Your sign-in has ended',
    detail: 'Sign in again; nothing was changed by this request.',
  },
  'token-invalid': {
    status: 401,
    title: 'The API token is worth nothing',
    detail:
      'It is mistyped, revoked or past its end, or whoever made it is no operator any more. Ask an owner for a new one.',
  },
  'role-insufficient': {
    status: 403,
    title: 'Your role doesn’t allow this',
    detail: 'Ask an owner to do it, or to give you another role.',
  },
  'person-needed': {
    status: 403,
    title: 'Somebody has to be signed in for this',
    detail: 'API tokens hand out no power: invite, change roles and make tokens in the console.',
  },
  'other-site': {
    status: 403,
    title: 'This came from another site',
    detail: 'The console’s own pages ask, at CONSOLE_URL, and no other site’s. Nothing was changed.',
  },
  'token-in-address': {
    status: 400,
    title: 'An API token stands in the address',
    detail:
      'Addresses are kept in logs and histories: revoke that token, make a new one, and send it as Authorization: Bearer gfo_….',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Changes are posted',
    detail: 'Looking at an address changes nothing: send a POST, PUT, PATCH or DELETE.',
  },
  unavailable: {
    status: 503,
    title: 'The store doesn’t answer',
    detail: 'Nobody can be let in while it can’t be asked. Try again in a moment.',
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalCode = keyof typeof refusals;

export type Refuse = (
  request: IncomingMessage,
  response: ServerResponse,
  code: RefusalCode,
  setCookies?: readonly string[],
) => void;

/** A page for whoever asked for one, JSON for programs: `{ error: { code, detail } }`. */
export const createRefuse =
  (sendPage: SendPage): Refuse =>
  (request, response, code, setCookies = []) => {
    const { status, title, detail } = refusals[code];
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="Gatefold console"');
    if (status === 405) response.setHeader('Allow', 'POST, PUT, PATCH, DELETE');
    if (status === 503) response.setHeader('Retry-After', '5');
    if (wantsPage(request)) {
      const way = status === 401 ? signInWay : consoleWay;
      const facts = { code, title, detail, way };
      sendPage(
        request,
        response,
        status,
        (site, words) => renderRefusalPage({ site, ...facts }, words),
        setCookies,
      );
      return;
    }
    if (setCookies.length > 0) response.appendHeader('Set-Cookie', setCookies);
    const body = Buffer.from(JSON.stringify({ error: { code, detail } }));
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Length', body.length);
    response.writeHead(status);
    response.end(request.method === 'HEAD' ? undefined : body);
  };

const signInWay = { href: '/-/console/sign-in', text: 'Sign in' } as const;
const consoleWay = { href: '/-/console', text: 'Go to the console' } as const;

/** Browsers name HTML when they go somewhere and when they send a form; scripts and programs don't. */
export const wantsPage = ({ headers }: IncomingMessage): boolean =>
  headers.authorization === undefined && /\btext\/html\b/i.test(headers.accept ?? '');
