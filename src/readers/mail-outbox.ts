/** Where the sandbox puts mail instead of sending it: a folder of .eml files, the newest of which can be read again. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { Clock } from '../ops/clock.ts';
import type { Mail, SendMail } from './mail-sender.ts';

export interface MailOutbox {
  readonly send: SendMail;
  /** For mail that a page of the site must not show to its own scripts. */
  readonly sendToOperators: SendMail;
  /** Newest first. */
  newest(count: number, which?: 'all' | 'readers'): Promise<readonly KeptMail[]>;
}

export interface KeptMail extends Mail {
  readonly sentAt: number;
  readonly toOperator?: true;
  /** File name of the whole message in the outbox. */
  readonly file: string;
}

interface Options {
  /** `<DATA_DIR>/outbox`; made when it is missing. */
  readonly directory: string;
  readonly mailFrom: string;
  readonly clock: Clock;
  readonly random: (bytes: number) => string;
  readonly maxMails?: number;
}

/** Each mail is a message that any mail program opens and, beside it, its facts as JSON. */
export const createMailOutbox = ({
  directory,
  mailFrom,
  clock,
  random,
  maxMails = 200,
}: Options): MailOutbox => {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  const keep = async (
    { to, subject, text, html }: Mail,
    mark: Pick<KeptMail, 'toOperator'>,
  ): Promise<void> => {
    const sentAt = clock();
    // Names sort by time, so that the newest are found without opening any.
    const name = `${String(sentAt).padStart(15, '0')}-${random(6)}`;
    const { message } = await transport.sendMail({
      from: mailFrom,
      to: { name: '', address: to },
      subject,
      text,
      html,
      date: new Date(sentAt),
    });
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await writeFile(join(directory, `${name}.eml`), message, { mode: 0o600 });
    const kept: KeptMail = { to, subject, text, html, sentAt, file: `${name}.eml`, ...mark };
    await writeFile(join(directory, `${name}.json`), JSON.stringify(kept), { mode: 0o600 });
    for (const old of (await namesIn(directory)).slice(maxMails)) await removeMail(directory, old);
  };

  return {
    send: (mail) => keep(mail, {}),
    sendToOperators: (mail) => keep(mail, { toOperator: true }),
    newest: async (count, which = 'all') => {
      const mails: KeptMail[] = [];
      for (const name of await namesIn(directory)) {
        if (mails.length >= count) break;
        const [mail] = await readKept(directory, name);
        if (mail && (which === 'all' || !mail.toOperator)) mails.push(mail);
      }
      return mails;
    },
  };
};

const mailName = /^(\d{15}-[\w-]+)\.json$/;

async function namesIn(directory: string): Promise<readonly string[]> {
  const files = await readdir(directory).catch(() => []);
  return files
    .flatMap((file) => mailName.exec(file)?.[1] ?? [])
    .sort()
    .reverse();
}

/** Empty for a mail that was taken away meanwhile, or is being written just now. */
async function readKept(directory: string, name: string): Promise<readonly KeptMail[]> {
  try {
    return [JSON.parse(await readFile(join(directory, `${name}.json`), 'utf8')) as KeptMail];
  } catch {
    return [];
  }
}

async function removeMail(directory: string, name: string): Promise<void> {
  await Promise.all(
    [`${name}.json`, `${name}.eml`].map((file) => rm(join(directory, file), { force: true })),
  );
}
