/** Whether whoever asks is staff: one of those whom the origin itself knows for its own. */
import type { IncomingMessage } from 'node:http';
import { forwardedFor, type IsTrustedProxy } from '../../origin/client-address.ts';
import { authorizesByOwnToken } from '../../origin/own-tokens.ts';
import type { StaffPolicy } from '../../policy/policy.ts';
import { staffProbesOf } from '../../policy/staff-probes.ts';
import type { PolicyInForce } from '../policy-in-force.ts';
import type { Companions } from './companion.ts';
import { type Brought, type CredentialsOf, createCredentialsOf } from './credentials.ts';
import type { ProbeAsker, Verdicts } from './keep-verdicts.ts';
import type { StaffVerdict } from './verdict.ts';

/** `address`: what is asked for, canonical; for the access API that isn't the request's own. Never rejects. */
export type StaffOf = (
  req: IncomingMessage,
  address: { readonly target: string; readonly path: string },
  rules: PolicyInForce,
) => StaffVerdict | Promise<StaffVerdict>;

interface Options {
  readonly verdicts: Verdicts;
  readonly companions: Pick<Companions, 'kept'>;
  readonly isTrusted: IsTrustedProxy;
  readonly networkOf: (req: IncomingMessage) => string;
}

/** A folder and a host application answer no probes. */
export const nobodyIsStaff: StaffOf = () => 'stranger';

export const createStaffOf = ({ verdicts, companions, isTrusted, networkOf }: Options): StaffOf => {
  const probesOf = createProbes();
  const askerOf = (req: IncomingMessage): ProbeAsker => ({
    userAgent: req.headers['user-agent'],
    forwardedFor: forwardedFor(
      req.socket.remoteAddress ?? '',
      req.headers['x-forwarded-for']?.toString(),
      isTrusted,
    ),
    network: networkOf(req),
  });

  return (req, { target, path }, { policy, matcher }) => {
    const { cookie, authorization } = req.headers;
    // Nearly every request ends here, or finds no credentials in its cookies.
    if (cookie === undefined && authorization === undefined) return 'stranger';
    if (matcher.isIgnoredPath(path)) return 'stranger';
    const brought: Brought = {
      cookie,
      authorization:
        authorization !== undefined && authorizesByOwnToken(authorization) ? undefined : authorization,
      nonce: req.headers['x-wp-nonce']?.toString(),
      target,
      path,
      keptFor: (session) => companions.kept(cookie, session),
    };
    let asked: ProbeAsker | undefined;
    const ask = ({ address, credentialsOf }: Probe): StaffVerdict | Promise<StaffVerdict> => {
      const credentials = credentialsOf(brought);
      if (credentials === undefined) return 'stranger';
      asked ??= askerOf(req);
      return verdicts.of(address, credentials, asked);
    };
    return firstStaff(probesOf(policy.staff), ask);
  };
};

interface Probe {
  readonly address: string;
  readonly credentialsOf: CredentialsOf;
}

/** Compiled once for each policy. */
const createProbes = (): ((staff: StaffPolicy) => readonly Probe[]) => {
  let of: StaffPolicy | undefined;
  let probes: readonly Probe[] = [];
  return (staff) => {
    if (staff !== of) {
      probes = staffProbesOf(staff).map((probe) => ({
        address: probe.address,
        credentialsOf: createCredentialsOf(probe),
      }));
      of = staff;
    }
    return probes;
  };
};

/** One after the other: each further one is asked only about those whom none before it knew. */
const firstStaff = (
  probes: readonly Probe[],
  ask: (probe: Probe) => StaffVerdict | Promise<StaffVerdict>,
): StaffVerdict | Promise<StaffVerdict> => {
  const from = (index: number, before: StaffVerdict): StaffVerdict | Promise<StaffVerdict> => {
    const probe = probes[index];
    if (probe === undefined) return before;
    const next = (verdict: StaffVerdict): StaffVerdict | Promise<StaffVerdict> =>
      verdict === 'staff' ? verdict : from(index + 1, verdict === 'unknown' ? verdict : before);
    const verdict = ask(probe);
    return verdict instanceof Promise ? verdict.then(next) : next(verdict);
  };
  return from(0, 'stranger');
};
