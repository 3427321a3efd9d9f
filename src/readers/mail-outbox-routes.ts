/** `/-/outbox`: the mail that the sandbox would have sent, for whoever sits at this machine. */
import { createHash } from 'node:crypto';
import { type Request, Router } from 'express';
import type { MailOutbox } from './mail-outbox.ts';
import { outboxStyle, renderOutboxPage } from './mail-outbox-page.tsx';

const shown = 30;
const styleHash = createHash('sha256').update(outboxStyle).digest('base64');

/** To be mounted in the sandbox alone: these mails sign people in. Everybody who isn't at this machine passes by. */
export const mailOutboxRoutes = (outbox: Pick<MailOutbox, 'newest'>, which?: 'all' | 'readers'): Router => {
  const routes = Router();
  routes.get('/-/outbox', async (request, response, next) => {
    if (!isFromThisMachine(request)) return next();
    response
      .set({
        'Cache-Control': 'no-store',
        'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'`,
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      })
      .type('html')
      .send(renderOutboxPage(await outbox.newest(shown, which)));
  });
  return routes;
};

const forwardedBy = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** The socket alone says nothing behind a proxy on this machine, nor when a page rebinds its name to this address. */
function isFromThisMachine({ socket, headers }: Request): boolean {
  if (!/^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(socket.remoteAddress ?? ''))
    return false;
  if (forwardedBy.some((name) => headers[name] !== undefined)) return false;
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(headers.host ?? '');
}
