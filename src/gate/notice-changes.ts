/** Notices which addresses a successful request has changed at the origin, so that what was kept of them is asked for anew. */
import { canonicalTarget } from '../origin/canonical-target.ts';
import type { Origin, OriginHead } from '../origin/origin.ts';
import { headerValue } from './treatment.ts';

interface Options {
  /** Hosts that are this site: public and origin. */
  readonly hosts: readonly string[];
  /** Told canonical targets. */
  readonly onChanged: (targets: readonly string[]) => void;
}

/** The same origin. RFC 9111, section 4.4. */
export const noticeChanges = (origin: Origin, { hosts, onChanged }: Options): Origin => ({
  close: () => origin.close(),
  ask: (request, receiver) =>
    safeMethods.has(request.method)
      ? origin.ask(request, receiver)
      : origin.ask(request, {
          ...receiver,
          head: (head) => {
            // Before the answer goes on: whoever has it must not be shown what was there before.
            if (isSuccess(head)) onChanged(changedTargets(request.target, head, hosts));
            receiver.head(head);
          },
        }),
});

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** A redirect is one: most forms are answered so. */
const isSuccess = ({ status }: OriginHead): boolean => status >= 200 && status < 400;

/** The address itself, and where the answer leads or says that its content is, on this site. */
export const changedTargets = (
  target: string,
  { headers }: Pick<OriginHead, 'headers'>,
  hosts: readonly string[],
): readonly string[] => {
  const named = ['location', 'content-location'].flatMap((name) => {
    const address = headerValue(headers, name);
    return address === undefined ? [] : (targetOn(hosts, target, address) ?? []);
  });
  return [...new Set([target, ...named])];
};

const targetOn = (hosts: readonly string[], from: string, address: string): string | undefined => {
  const base = `http://${hosts[0]}${from}`;
  if (!URL.canParse(address, base)) return undefined;
  const { host, pathname, search } = new URL(address, base);
  if (!hosts.includes(host)) return undefined;
  const canonical = canonicalTarget(`${pathname}${search}`);
  return canonical.kind === 'ok' ? canonical.target : undefined;
};
