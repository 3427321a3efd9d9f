/** The port through which mail leaves. */
import type { Email } from './reader.ts';

export interface Mail {
  readonly to: Email;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Resolves once another machine, or the outbox, has taken the mail; rejects when it couldn't be handed over. */
export type SendMail = (mail: Mail) => Promise<void>;
