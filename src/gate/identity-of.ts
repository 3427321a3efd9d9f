/** From a client's request to who is asking. */
import type { IncomingMessage } from 'node:http';
import { clientAddress, type IsTrustedProxy } from '../origin/client-address.ts';
import type { Identify, Identity } from '../readers/identify.ts';

export type IdentityOf = (req: IncomingMessage, now: number) => Identity | Promise<Identity>;

export const createIdentityOf =
  (identify: Identify, isTrusted: IsTrustedProxy, secure: boolean): IdentityOf =>
  (req, now) => {
    const { headers, socket } = req;
    return identify(
      {
        cookieHeader: headers.cookie,
        authorization: headers.authorization,
        clientAddress: clientAddress(
          socket.remoteAddress ?? '',
          headers['x-forwarded-for']?.toString(),
          isTrusted,
        ),
        secure,
      },
      now,
    );
  };
