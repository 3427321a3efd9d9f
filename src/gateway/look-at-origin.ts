/** What can be seen of the origin before anybody reads: whether its answers are such as the gate needs. */
import { isDeepStrictEqual } from 'node:util';
import { createProbeOrigin } from '../gate/staff/probe-origin.ts';
import { forwardHeaders } from '../origin/forward-headers.ts';
import { createHttpOrigin } from '../origin/http-origin.ts';
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
  const forward = forwardHeaders({ originUrl: origin.url, publicUrl });
  const askProbe = createProbeOrigin({ origin: site, forward, publicUrl });
  try {
    const found = [];
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

/** Asked only about those who bring such a system's credentials, and so of no harm where there is no such system. */
const probesByDefault: Policy['staff']['probe'] = ['wordpress', 'ghost'];

const openProbe = (address: string): string =>
  `the site answers ${address} with success to strangers too, so nobody is staff by it: name another in staff.probe`;

const silentProbe = (address: string): string =>
  `the site didn’t answer ${address} as a stranger: whether it tells staff by it can’t be said`;
