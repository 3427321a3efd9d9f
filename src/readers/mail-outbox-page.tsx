/** The sandbox's outbox as a page: each mail as its text, with its links to follow. */
import { renderToString } from 'preact-render-to-string';
import type { KeptMail } from './mail-outbox.ts';

export const renderOutboxPage = (mails: readonly KeptMail[]): string =>
  `<!DOCTYPE html>${renderToString(<OutboxPage mails={mails} />)}`;

/** Written into the page as it stands: as text its signs would be escaped. */
export const outboxStyle =
  'body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:44rem;font:1rem/1.6 system-ui,sans-serif}' +
  'article{margin-top:1.5rem;padding:1.25rem;border:1px solid color-mix(in srgb,currentColor 25%,transparent)}' +
  'h2{margin:0;font-size:1.1rem}header p{margin:0;opacity:.75}' +
  'pre{margin:1rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}';

const OutboxPage = ({ mails }: { mails: readonly KeptMail[] }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Outbox · sandbox</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="color-scheme" content="light dark" />
      <style dangerouslySetInnerHTML={{ __html: outboxStyle }} />
    </head>
    <body>
      <h1>Outbox</h1>
      <p>
        The sandbox sends no mail. What it would have sent is here, newest first. Set SMTP_URL to send it for
        real.
      </p>
      {mails.length === 0 && <p>Nothing yet. Reload this page after asking for a sign-in link.</p>}
      {mails.map((mail) => (
        <article>
          <header>
            <h2>{mail.subject}</h2>
            <p>
              To {mail.to}, {new Date(mail.sentAt).toISOString().slice(0, 19).replace('T', ' ')} UTC,{' '}
              {mail.file}
            </p>
          </header>
          <pre>{linked(mail.text)}</pre>
        </article>
      ))}
    </body>
  </html>
);

const address = /(https?:\/\/[^\s<>"']+)/;

/** Splitting by a group keeps what it matched, at every other place. */
const linked = (text: string) =>
  text.split(address).map((part, place) => (place % 2 === 1 ? <a href={part}>{part}</a> : part));
