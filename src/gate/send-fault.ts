/** Answers a request that can't be served: a page for people, with a stable code and what to do. */

import type { IncomingMessage } from 'node:http';
import type { ClientResponse } from '../origin/client-response.ts';
import { type ErrorCode, renderErrorPage } from '../pages/error-page.tsx';
import { pageStyleHash } from '../pages/page-style.ts';
import type { Site } from '../policy/policy.ts';
import type { VisitorNumberOf } from '../readers/visitor-number.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export type FaultCode =
  | 'bad-address'
  | 'origin-unreachable'
  | 'origin-timeout'
  | 'origin-bad-response'
  | 'origin-too-large'
  | 'unreadable'
  | 'busy'
  | 'staff-unknown'
  | 'internal';

/** `detail` goes to a header for the operator; it names kinds of fault, never content. */
export type SendFault = (req: IncomingMessage, res: ClientResponse, code: FaultCode, detail?: string) => void;

export const createSendFault =
  (inForce: () => PolicyInForce, visitorNumberOf: VisitorNumberOf): SendFault =>
  (req, res, code, detail) => {
    const { status, page } = answers[code];
    const { policy, messages } = inForce();
    const words = messages(preferredLanguage(req.headers['accept-language']) ?? policy.site.language);
    const html = Buffer.from(
      renderErrorPage({ site: siteOf(policy.site, visitorNumberOf(req)), code: page }, words),
    );
    res.writeHead(status, [
      'Content-Type',
      'text/html; charset=utf-8',
      'Content-Length',
      String(html.length),
      'Cache-Control',
      'no-store',
      'Content-Security-Policy',
      `default-src 'none'; style-src ${pageStyleHash}; base-uri 'none'; form-action 'self'`,
      'X-Content-Type-Options',
      'nosniff',
      ...(code === 'staff-unknown' || code === 'busy' ? ['Retry-After', '3'] : []),
      'Gatefold-Error',
      detail === undefined ? code : `${code}; detail=${detail}`,
    ]);
    res.end(req.method === 'HEAD' ? undefined : html);
  };

const siteOf = ({ name, contact }: Site, visitorNumber: string | undefined) => ({
  name,
  ...(contact === undefined ? {} : { contact }),
  ...(visitorNumber === undefined ? {} : { visitorNumber }),
});

const answers: Readonly<Record<FaultCode, { status: number; page: ErrorCode }>> = {
  'bad-address': { status: 400, page: 'bad-address' },
  'origin-unreachable': { status: 502, page: 'origin-unreachable' },
  'origin-bad-response': { status: 502, page: 'origin-unreachable' },
  'origin-too-large': { status: 502, page: 'origin-unreachable' },
  'origin-timeout': { status: 504, page: 'origin-timeout' },
  unreadable: { status: 503, page: 'unavailable' },
  busy: { status: 503, page: 'unavailable' },
  'staff-unknown': { status: 503, page: 'unavailable' },
  internal: { status: 503, page: 'unavailable' },
};

/** The first language that the browser names; an error page is nobody's article, so the reader's own language serves best. */
const preferredLanguage = (header: string | undefined): string | undefined => {
  const first = header?.split(',', 1)[0]?.split(';', 1)[0]?.trim();
  return first && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(first) ? first : undefined;
};
