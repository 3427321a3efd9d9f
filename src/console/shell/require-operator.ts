/** What stands before everything in the console: who is asking, whether they may, and whether our own page sent it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../ops/clock.ts';
import { isSameSite, type RequestSource } from '../../readers/same-site.ts';
import { type SendPage, sendOn } from '../../readers/send-page.ts';
import { holdsToken } from '../operators/api-token-form.ts';
import { type Identified, type IdentifyOperator, isBearer } from '../operators/identify-operator.ts';
import { type Action, changesSomething, may } from '../operators/may.ts';
import type { Operator } from '../operators/operator.ts';
import { clearedOperatorCookie } from '../operators/operator-cookies.ts';
import { signInPath } from '../operators/return-path.ts';
import { createRefuse, wantsPage } from './refusal.ts';
import { renderOneMomentPage } from './refusal-page.tsx';

/** Express may have shortened `url` to what a mounted router sees. */
type Asked = IncomingMessage & { readonly originalUrl?: string };

/** Goes on to the next handler only for an operator who may; every other request is answered here. */
export interface OperatorGuard {
  (request: Asked, response: ServerResponse, next: (error?: unknown) => void): Promise<void>;
  /** What it asks for: so that all routes can be looked through for one without it. */
  readonly action: Action;
}

export interface RequireOperator {
  /** For a route's own place, before its body is read. An action that changes something is refused to GET and HEAD. */
  need(action: Action): OperatorGuard;
  /** @throws Error where `need` didn't stand before: a route that forgot it must not run. */
  operatorOf(request: IncomingMessage): Operator;
}

interface Options {
  readonly identify: IdentifyOperator;
  /** CONSOLE_URL, and where else the console's own pages may be open. */
  readonly ownAddresses: readonly string[];
  readonly sendPage: SendPage;
  /** CONSOLE_URL is https. */
  readonly secure: boolean;
  readonly clock: Clock;
  /** Told when the store can't be asked. */
  readonly report: (error: unknown) => void;
}

export const createRequireOperator = (options: Options): RequireOperator => {
  const { sendPage, secure, clock } = options;
  const known = new WeakMap<IncomingMessage, Operator>();
  const ownOrigins = options.ownAddresses.map((address) => new URL(address).origin);
  const refuse = createRefuse(sendPage);

  const identified = async ({ headers }: Asked): Promise<Identified | undefined> => {
    try {
      const { cookie, authorization } = headers;
      return await options.identify({ cookie, authorization }, clock());
    } catch (error) {
      options.report(error);
      return undefined;
    }
  };

  const need = (action: Action): OperatorGuard => {
    const guard = async (...[request, response, next]: Parameters<OperatorGuard>): Promise<void> => {
      // Before anything is looked up: what comes from elsewhere learns nothing, not even by how long it takes.
      const refusal = refusedUnasked(request, action, ownOrigins);
      if (refusal) return refuse(request, response, refusal);
      const found = await identified(request);
      if (found === undefined) return refuse(request, response, 'unavailable');
      if (found.kind === 'nobody') {
        const setCookies = found.why === 'sign-in-ended' ? [clearedOperatorCookie(secure)] : [];
        if (isVisit(request)) return leadToSignIn(request, response, sendPage, found.why, setCookies);
        return refuse(request, response, found.why, setCookies);
      }
      const { operator } = found;
      const permission = may({ role: operator.role, by: operator.via.kind }, action);
      if (permission !== 'allowed') return refuse(request, response, permission);
      known.set(request, operator);
      response.setHeader('Cache-Control', 'private, no-store');
      next();
    };
    return Object.assign(guard, { action });
  };

  return {
    need,
    operatorOf: (request) => {
      const operator = known.get(request);
      if (!operator) throw new Error('No operator was asked for: put need(…) before this route’s handler.');
      return operator;
    },
  };
};

const looks = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD';

const refusedUnasked = (
  request: Asked,
  action: Action,
  ownOrigins: readonly string[],
): 'token-in-address' | 'method-not-allowed' | 'other-site' | undefined => {
  if (holdsToken(addressOf(request))) return 'token-in-address';
  if (looks(request.method)) return changesSomething(action) ? 'method-not-allowed' : undefined;
  return isBearer(request.headers.authorization) || cameFromOwnPage(request, ownOrigins)
    ? undefined
    : 'other-site';
};

/**
 * A token is sent by nobody unawares; a cookie is. A browser that says nothing of the page it sends for is too old to
 * be trusted with one.
 */
export const cameFromOwnPage = (request: IncomingMessage, ownOrigins: readonly string[]): boolean => {
  const { origin, referer, 'sec-fetch-site': fetchSite } = request.headers;
  if (origin === undefined && fetchSite === undefined) return false;
  const source: RequestSource = { origin, referer, secFetchSite: fetchSite?.toString() };
  return isSameSite(source, ownOrigins);
};

const addressOf = ({ originalUrl, url }: Asked): string => originalUrl ?? url ?? '/';

/** Somebody goes to a page, by an address or a link. */
const isVisit = (request: Asked): boolean => looks(request.method) && wantsPage(request);

/**
 * From another site's link a browser brings no `Strict` cookie, and a redirect wouldn't change that: a page of our own
 * asks once more, at the sign-in page, which sends whoever is signed in on to where they wanted to go.
 */
const leadToSignIn = (
  request: Asked,
  response: ServerResponse,
  sendPage: SendPage,
  why: Extract<Identified, { kind: 'nobody' }>['why'],
  setCookies: readonly string[],
): void => {
  const to = signInPath(addressOf(request));
  const { 'sec-fetch-site': fetchSite } = request.headers;
  const fromElsewhere = fetchSite === 'cross-site' || fetchSite === 'same-site';
  if (why === 'operator-unknown' && fromElsewhere)
    sendPage(request, response, 200, (site, words) => renderOneMomentPage({ site, to }, words));
  else sendOn(response, to, setCookies);
};
