/** Sends mail by SMTP. */
import nodemailer from 'nodemailer';
import type { SendMail } from './mail-sender.ts';

export interface SmtpMail {
  readonly send: SendMail;
  close(): void;
}

interface Options {
  /** `smtp://` or `smtps://`, with name and password when the server wants them. */
  readonly smtpUrl: string;
  /** As it stands in From: an address, or a name with one. */
  readonly mailFrom: string;
}

/** A reader waits for the answer, and a server that is slower than this will not have sent it in time either. */
const patienceMs = 10_000;

export const createSmtpMail = ({ smtpUrl, mailFrom }: Options): SmtpMail => {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // Text of a mail must never be able to name a file or an address to be read into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, subject, text, html }) => {
      await transport.sendMail({
        from: mailFrom,
        // As an object: in a string a comma would name a second recipient.
        to: { name: '', address: to },
        subject,
        text,
        html,
        // Keeps holiday answers from coming back.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
    },
    close: () => transport.close(),
  };
};
