/** The readers' rooms, put together: who is asking, what they hold, and how they sign in. */
import type { IncomingMessage } from 'node:http';
import { createLiveView, type LiveView } from '../entitlements/live-view.ts';
import { createIdentityOf, type IdentityOf } from '../gate/identity-of.ts';
import type { PolicyInForce } from '../gate/policy-in-force.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import type { Clock } from '../ops/clock.ts';
import { faultOf, type Log } from '../ops/log.ts';
import { randomText } from '../ops/random.ts';
import { clientAddress, type IsTrustedProxy } from '../origin/client-address.ts';
import { createDeviceView } from '../readers/device-view.ts';
import { createIdentify } from '../readers/identify.ts';
import { createMergeReads } from '../readers/merge-reads.ts';
import { createNetworkTags } from '../readers/network-tag.ts';
import type { ReaderId, VisitorId } from '../readers/reader.ts';
import { createReaderTokens, type ReaderTokens } from '../readers/reader-token.ts';
import { createRenewToken } from '../readers/renew-token.ts';
import { createVisitors } from '../readers/visitor.ts';
import { createVisitorNumberOf, type VisitorNumberOf } from '../readers/visitor-number.ts';
import type { TokenKeySetting } from '../settings.ts';
import type { Stores } from '../stores/open-stores.ts';

export interface Readers {
  readonly liveView: LiveView;
  readonly tokens: ReaderTokens;
  readonly identityOf: IdentityOf;
  readonly visitorNumberOf: VisitorNumberOf;
  readonly networkOf: (request: IncomingMessage, now: number) => string;
  readonly mergeReads: (visitor: VisitorId, reader: ReaderId, former?: ReaderId) => Promise<void>;
}

interface Options {
  readonly stores: Stores;
  readonly meters: MeterStore;
  readonly keys: readonly TokenKeySetting[];
  readonly publicUrl: string;
  readonly isTrusted: IsTrustedProxy;
  readonly inForce: () => PolicyInForce;
  readonly clock: Clock;
  readonly log: Log;
}

export const composeReaders = (options: Options): Readers => {
  const { stores, keys, publicUrl, isTrusted, clock, log } = options;
  const liveView = createLiveView({ store: stores.entitlements, clock });
  const tokens = createReaderTokens({ keys, issuer: publicUrl, audience: publicUrl });
  const networkTagOf = createNetworkTags({ keys });
  const visitors = createVisitors({ keys, random: randomText });
  const devices = createDeviceView({
    store: stores.readers,
    generation: () => stores.entitlements.generation(),
    clock,
  });
  const secure = publicUrl.startsWith('https:');
  const identify = createIdentify({
    tokens,
    visitors,
    networkTagOf,
    devices,
    renew: createRenewToken({
      store: stores.readers,
      tokens,
      entitlementsOf: liveView.of,
      devices,
      report: (error) => log.warn({ fault: faultOf(error) }, 'a reader token could not be renewed'),
    }),
  });
  return {
    liveView,
    tokens,
    identityOf: createIdentityOf(identify, isTrusted, secure),
    visitorNumberOf: createVisitorNumberOf({ tokens, visitors, devices, secure, clock }),
    networkOf: (request, now) =>
      networkTagOf(
        clientAddress(
          request.socket.remoteAddress ?? '',
          request.headers['x-forwarded-for']?.toString(),
          isTrusted,
        ),
        now,
      ),
    mergeReads: createMergeReads({ meters: options.meters, policy: () => options.inForce().policy, clock }),
  };
};
