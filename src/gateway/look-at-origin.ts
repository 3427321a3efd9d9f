/** What can be seen of the origin before anybody reads: whether its answers are such as the gate needs. */
import { isDeepStrictEqual } from 'node:util';
import { loopCause, loopInWords } from '../gate/notice-loop.ts';
import { createProbeOrigin, strangersAddress } from '../gate/staff/probe-origin.ts';
import type { OriginAddresses } from '../origin/addresses.ts';
import { type ForwardHeaders, forwardHeaders } from '../origin/forward-headers.ts';
import { createHttpOrigin } from '../origin/http-origin.ts';
import type { Origin, OriginHead } from '../origin/origin.ts';
import type { Policy } from '../policy/policy.ts';
import { staffProbesOf } from '../policy/staff-probes.ts';
import type { Settings } from '../settings.ts';

/** Sentences, each with what to do; none where nothing is wrong, or where the origin is none that can be asked. */
export const lookAtOrigin = async (
  { origin, publicUrl }: Pick<Settings, 'origin' | 'publicUrl'>,
  { staff }: Pick<Policy, 'staff'>,
): Promise<readonly string[]> => {
  if (origin.kind !== 'http') return [];
  const site = createHttpOrigin({ url: origin.url });
  const addresses = { originUrl: origin.url, publicUrl, preserveHost: origin.preserveHost };
  const forward = forwardHeaders(addresses);
  const askProbe = createProbeOrigin({ origin: site, forward, publicUrl });
  try {
    const first = await lookForLoop(site, forward, addresses);
    if (first === 'silent') return ['the site doesn’t answer at ORIGIN_URL'];
    const found = first === undefined ? [] : [first];
    // One after the other, so that one that can't be reached is told once.
    for (const { address } of isDeepStrictEqual(staff.probe, probesByDefault) ? [] : staffProbesOf(staff)) {
      const answer = await askProbe(address, undefined, undefined);
      if (answer === 'success') found.push(openProbe(address));
      if (answer === 'trouble') return [...found, silentProbe(address)];
    }
    return found;
  } finally {
    await site.close();
  }
};

/** Where sites that want another host say so soonest: the front page, and where WordPress’s and Ghost’s people sign in. */
const addressesToTry = ['/', '/wp-login.php', '/ghost/'];

const lookForLoop = async (
  origin: Origin,
  forward: ForwardHeaders,
  addresses: OriginAddresses,
): Promise<string | 'silent' | undefined> => {
  for (const target of addressesToTry) {
    const head = await headAt(target, origin, forward);
    if (head === undefined) return 'silent';
    const cause = loopCause(target, head, addresses);
    if (cause !== undefined) return `${target}: ${loopInWords[cause]}`;
  }
  return undefined;
};

/** Undefined: nobody answered. */
const headAt = (target: string, origin: Origin, forward: ForwardHeaders): Promise<OriginHead | undefined> =>
  new Promise((resolve) => {
    const headers = forward(['Accept', 'text/html', 'User-Agent', 'Gatefold'], {
      forwardedFor: strangersAddress,
    });
    const exchange = origin.ask(
      { method: 'GET', target, headers },
      {
        head: (head) => {
          resolve(head);
          // What follows is of no interest, and the exchange may not be there yet.
          queueMicrotask(() => exchange.abort());
        },
        data: () => true,
        end: () => undefined,
        fail: () => resolve(undefined),
      },
    );
  });

/** Asked only about those who bring such a system's credentials, and so of no harm where there is no such system. */
const probesByDefault: Policy['staff']['probe'] = ['wordpress', 'ghost'];

const openProbe = (address: string): string =>
  `the site answers ${address} with success to strangers too, so nobody is staff by it: name another in staff.probe`;

const silentProbe = (address: string): string =>
  `the site didn’t answer ${address} as a stranger: whether it tells staff by it can’t be said`;
