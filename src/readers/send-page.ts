/** Sends one of the pages that belong to a reader alone: kept by no cache, framed by nobody, telling no other site its address. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Messages } from '../pages/messages/create-messages.ts';
import { type PageSite, pageStyleHash } from '../pages/page-shell.tsx';
import type { Policy } from '../policy/policy.ts';
import type { VisitorNumberOf } from './visitor-number.ts';

/** The policy of this moment, with its messages. */
export interface PolicyWithMessages {
  readonly policy: Policy;
  messages(locale: string): Messages;
  /** No money moves here, and every page says so. */
  readonly sandbox?: boolean;
}

type Render = (site: PageSite, messages: Messages) => string;

export type SendPage = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  render: Render,
  setCookies?: readonly string[],
) => void;

/**
 * Where forms end up that are sent on to Stripe's pages. Browsers hold `form-action` against redirects too, and a
 * publisher's checkout may be at a domain of their own. The sandbox's is at PUBLIC_URL, whatever name this site is open by.
 */
export const stripePages = (publicUrl: string): readonly string[] => ['https:', new URL(publicUrl).origin];

/** What pages other than a reader's own are sent with. */
interface Beside {
  /** Of sheets besides that of all own pages. */
  readonly styleHashes?: readonly string[];
  /** Of the content security policy, for pages that load something. */
  readonly directives?: readonly string[];
  /** `https://host[:port]` of the site, for pages that are at another origin. */
  readonly siteUrl?: string;
  /** Pages of other origins aren't told of this one by their being linked. */
  readonly unnamed?: boolean;
}

const headersWith = (
  formTargets: readonly string[],
  { styleHashes = [], directives = [], unnamed = false }: Beside,
): Readonly<Record<string, string>> => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': `default-src 'none'; style-src ${[pageStyleHash, ...styleHashes].join(' ')}; base-uri 'none'; form-action ${["'self'", ...formTargets].join(' ')}; frame-ancestors 'none'${directives.map((directive) => `; ${directive}`).join('')}`,
  // `no-referrer` would make browsers send `Origin: null` with our own forms; of the address this tells as little.
  'Referrer-Policy': unnamed ? 'same-origin' : 'strict-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
});

/**
 * @param visitorNumberOf what the page says at its foot of who asks; absent: nothing.
 * @param formTargets sources of `form-action` besides this site, for pages whose forms lead away.
 */
export const createSendPage = (
  inForce: () => PolicyWithMessages,
  visitorNumberOf: VisitorNumberOf = () => undefined,
  formTargets: readonly string[] = [],
  beside: Beside = {},
): SendPage => {
  const headers = headersWith(formTargets, beside);
  const { siteUrl } = beside;
  return (request, response, status, render, setCookies = []) => {
    const { policy, messages, sandbox } = inForce();
    const { name, contact } = policy.site;
    const visitorNumber = visitorNumberOf(request);
    const site = {
      name,
      ...(siteUrl === undefined ? {} : { url: siteUrl }),
      ...(contact === undefined ? {} : { contact }),
      ...(sandbox ? { sandbox } : {}),
      ...(visitorNumber === undefined ? {} : { visitorNumber }),
    };
    const html = Buffer.from(render(site, messages(localeOf(request, policy))));
    for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
    if (setCookies.length > 0) response.appendHeader('Set-Cookie', setCookies);
    response.setHeader('Content-Length', html.length);
    response.writeHead(status);
    response.end(request.method === 'HEAD' ? undefined : html);
  };
};

/** Sends the browser on by GET, whatever it came with. */
export const sendOn = (response: ServerResponse, path: string, setCookies: readonly string[] = []): void => {
  if (setCookies.length > 0) response.appendHeader('Set-Cookie', setCookies);
  response.writeHead(303, {
    Location: path,
    'Cache-Control': 'private, no-store',
    'Referrer-Policy': 'strict-origin',
  });
  response.end();
};

/** The first language that the browser names, else the site's. */
export const localeOf = (
  { headers: { 'accept-language': header } }: IncomingMessage,
  policy: Policy,
): string => {
  const first = header?.split(',', 1)[0]?.split(';', 1)[0]?.trim();
  return first && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(first) ? first : policy.site.language;
};
