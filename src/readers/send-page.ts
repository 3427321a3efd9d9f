/** Sends one of the pages that belong to a reader alone: kept by no cache, framed by nobody, telling no other site its address. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Messages } from '../pages/messages/create-messages.ts';
import { type PageSite, pageStyleHash } from '../pages/page-shell.tsx';
import type { Policy } from '../policy/policy.ts';

/** The policy of this moment, with its messages. */
export interface PolicyWithMessages {
  readonly policy: Policy;
  messages(locale: string): Messages;
}

type Render = (site: PageSite, messages: Messages) => string;

export type SendPage = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  render: Render,
  setCookies?: readonly string[],
) => void;

const headers: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': `default-src 'none'; style-src ${pageStyleHash}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  // `no-referrer` would make browsers send `Origin: null` with our own forms; of the address this tells as little.
  'Referrer-Policy': 'strict-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
};

export const createSendPage =
  (inForce: () => PolicyWithMessages): SendPage =>
  (request, response, status, render, setCookies = []) => {
    const { policy, messages } = inForce();
    const { name, contact } = policy.site;
    const site = { name, ...(contact === undefined ? {} : { contact }) };
    const html = Buffer.from(render(site, messages(localeOf(request, policy))));
    for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
    if (setCookies.length > 0) response.appendHeader('Set-Cookie', setCookies);
    response.setHeader('Content-Length', html.length);
    response.writeHead(status);
    response.end(request.method === 'HEAD' ? undefined : html);
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
