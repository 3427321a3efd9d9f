/** How mail leaves: by SMTP where there is a server, else into the sandbox's outbox. */
import type { Clock } from '../ops/clock.ts';
import { randomText } from '../ops/random.ts';
import { createMailOutbox } from '../readers/mail-outbox.ts';
import { mailOutboxRoutes } from '../readers/mail-outbox-routes.ts';
import type { SendMail } from '../readers/mail-sender.ts';
import { createSmtpMail } from '../readers/mail-smtp.ts';
import type { Settings } from '../settings.ts';

interface Mail {
  readonly send: SendMail;
  /** What signs in to the console, or leads there. */
  readonly sendToOperators: SendMail;
  /** The outbox where mail is kept: all of it, or what readers were sent. */
  readonly routes: (which: 'all' | 'readers') => readonly ReturnType<typeof mailOutboxRoutes>[];
  close(): Promise<void>;
}

interface Options {
  readonly settings: Pick<Settings, 'smtpUrl' | 'mailFrom' | 'sandbox'>;
  readonly directory: string;
  readonly clock: Clock;
}

export const openMail = ({ settings, directory, clock }: Options): Mail => {
  const { smtpUrl, mailFrom, sandbox } = settings;
  if (smtpUrl !== undefined) {
    const { send, close } = createSmtpMail({ smtpUrl, mailFrom });
    return { send, sendToOperators: send, routes: () => [], close: async () => close() };
  }
  if (!sandbox)
    return { send: refuse, sendToOperators: refuse, routes: () => [], close: async () => undefined };
  const outbox = createMailOutbox({ directory, mailFrom, clock, random: randomText });
  return {
    send: outbox.send,
    sendToOperators: outbox.sendToOperators,
    routes: (which) => [mailOutboxRoutes(outbox, which)],
    close: async () => undefined,
  };
};

const refuse: SendMail = () => Promise.reject(new Error('No mail can be sent: set SMTP_URL.'));
