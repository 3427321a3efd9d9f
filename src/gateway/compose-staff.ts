/** Telling staff from readers, put together: by what the origin answers, or by what a host application says. */
import type { IncomingMessage } from 'node:http';
import { type Companions, createCompanions } from '../gate/staff/companion.ts';
import { createHostStaff, type IsStaff } from '../gate/staff/host-staff.ts';
import { createVerdicts } from '../gate/staff/keep-verdicts.ts';
import { createProbeOrigin } from '../gate/staff/probe-origin.ts';
import { createStaffOf, nobodyIsStaff, type StaffOf } from '../gate/staff/staff-of.ts';
import type { Clock } from '../ops/clock.ts';
import { faultOf, type Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import { randomText } from '../ops/random.ts';
import { andThen } from '../ops/soon.ts';
import type { IsTrustedProxy } from '../origin/client-address.ts';
import type { ForwardHeaders } from '../origin/forward-headers.ts';
import { derivedKeys } from '../readers/derived-key.ts';
import type { TokenKeySetting } from '../settings.ts';
import type { OpenedOrigin } from './open-origin.ts';

export interface StaffOptions {
  readonly opened: OpenedOrigin;
  readonly forward: ForwardHeaders;
  readonly publicUrl: string;
  readonly keys: readonly TokenKeySetting[];
  readonly isTrusted: IsTrustedProxy;
  readonly networkOf: (req: IncomingMessage, now: number) => string;
  /** A host application's own word. */
  readonly isStaff?: IsStaff;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Staff {
  readonly staffOf: StaffOf;
  readonly companions: Companions;
  /** For requests that a host application answers. */
  readonly isHostStaff: IsStaff;
}

export const composeStaff = (options: StaffOptions): Staff => {
  const { opened, publicUrl, keys, log } = options;
  const companions = createCompanions({
    keys: derivedKeys(keys, 'staff companion'),
    random: randomText,
    secure: publicUrl.startsWith('https:'),
  });
  const isHostStaff = createHostStaff(options.isStaff, (error) =>
    log.error({ fault: faultOf(error) }, 'isStaff failed; whoever asked is a reader like any other'),
  );
  return { staffOf: staffOfOrigin(opened, isHostStaff, companions, options), companions, isHostStaff };
};

const staffOfOrigin = (
  { kind, origin }: OpenedOrigin,
  isHostStaff: IsStaff,
  companions: Companions,
  { forward, publicUrl, keys, isTrusted, networkOf, clock, log, metrics }: StaffOptions,
): StaffOf => {
  if (kind === 'folder') return nobodyIsStaff;
  if (kind === 'host') return (req) => andThen(isHostStaff(req), (is) => (is ? 'staff' : 'stranger'));
  return createStaffOf({
    verdicts: createVerdicts({
      ask: createProbeOrigin({ origin, forward, publicUrl }),
      key: derivedKeys(keys, 'staff credentials')[0],
      clock,
      onAsked: metrics.countStaffProbe,
      onOpenProbe: (probe) =>
        log.warn(
          { probe },
          'the origin answers this staff probe with success to strangers too, so nobody is staff by it: name another in staff.probe',
        ),
    }),
    companions,
    isTrusted,
    networkOf: (req) => networkOf(req, clock()),
  });
};
