/** Notices an origin that sends readers back to the very address they asked for, again and again: it wants another host or scheme. */
import type { OriginAddresses } from '../origin/addresses.ts';
import { canonicalTarget } from '../origin/canonical-target.ts';
import type { Origin, OriginHead } from '../origin/origin.ts';
import { headerValue } from './treatment.ts';

export type LoopCause =
  /** It was asked by its own host, and wants the public one. */
  | 'host'
  /** It was asked by http, and wants https. */
  | 'scheme';

/** Undefined: it leads somewhere else, or says something on the way, as those do that first set a cookie. */
export const loopCause = (
  target: string,
  { status, headers }: OriginHead,
  { originUrl, publicUrl, preserveHost }: OriginAddresses,
): LoopCause | undefined => {
  const location = headerValue(headers, 'location');
  if (status < 300 || status > 399 || location === undefined) return undefined;
  if (headerValue(headers, 'set-cookie') !== undefined || !URL.canParse(location)) return undefined;
  const { protocol, host, pathname, search } = new URL(location);
  const [origin, site] = [new URL(originUrl), new URL(publicUrl)];
  const canonical = canonicalTarget(pathname + search);
  if (canonical.kind === 'bad' || canonical.target !== target) return undefined;
  if (host === site.host && host !== origin.host && !preserveHost) return 'host';
  const isOwn = host === origin.host || host === site.host;
  return isOwn && protocol === 'https:' && origin.protocol === 'http:' ? 'scheme' : undefined;
};

/** What happened, and what to set. */
export const loopInWords: Readonly<Record<LoopCause, string>> = {
  host: 'the origin sends readers to the very address that they asked for, since it was asked by its own host: set PRESERVE_HOST=true',
  scheme:
    'the origin sends readers to the very address that they asked for, since it was asked by http: let it believe X-Forwarded-Proto, or give ORIGIN_URL as https',
};

/** The same origin. */
export const noticeLoops = (
  origin: Origin,
  addresses: OriginAddresses,
  onLoop: (cause: LoopCause, target: string) => void,
): Origin => ({
  close: () => origin.close(),
  ask: (request, receiver) =>
    origin.ask(request, {
      ...receiver,
      head: (head) => {
        const isAsked = request.method === 'GET' || request.method === 'HEAD';
        const cause = isAsked ? loopCause(request.target, head, addresses) : undefined;
        if (cause !== undefined) onLoop(cause, request.target);
        receiver.head(head);
      },
    }),
});
