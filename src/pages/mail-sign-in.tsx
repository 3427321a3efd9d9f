/** The message that carries a sign-in link and its code. */
import { renderToString } from 'preact-render-to-string';
import type { Messages } from './messages/create-messages.ts';
import { safeLink } from './safe-link.ts';

export interface SignInMailFacts {
  readonly siteName: string;
  /** Absolute http(s) address of the page behind the link. */
  readonly link: string;
  readonly code: string;
  readonly expiresInMinutes: number;
  /** Asked for by a reader who has no address yet: the mail speaks of confirming one. */
  readonly confirming?: boolean;
}

export interface SignInMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Throws when `link` is no http(s) address: a mail without a link that works must not be sent. */
export const signInMail = (facts: SignInMailFacts, messages: Messages): SignInMail => {
  const words = mailWords(facts, messages);
  return {
    subject: oneLine(subjectOf(facts, messages)),
    text: asText(words, facts),
    html: `<!DOCTYPE html>${renderToString(<MailBody words={words} facts={facts} messages={messages} />)}`,
  };
};

const subjectOf = ({ siteName, confirming }: SignInMailFacts, messages: Messages): string =>
  messages.text(confirming ? 'mail.confirm.subject' : 'mail.subject', { site: siteName });

const mailWords = (facts: SignInMailFacts, messages: Messages) => {
  const { siteName, link, expiresInMinutes: minutes, confirming } = facts;
  if (!/^https?:/.test(link) || safeLink(link) === undefined) {
    throw new Error(
      'The sign-in link must be a whole http(s) address; set PUBLIC_URL to the address readers use.',
    );
  }
  return {
    link: messages.text(confirming ? 'mail.confirm.link' : 'mail.link', { site: siteName }),
    button: messages.text(confirming ? 'mail.confirm.button' : 'mail.button'),
    code: messages.text('mail.code'),
    expires: messages.counted('mail.expires', minutes, { minutes }),
    ignore: messages.text('mail.ignore'),
  };
};

type MailWords = ReturnType<typeof mailWords>;

const asText = (words: MailWords, { link, code }: SignInMailFacts): string =>
  [words.link, link, words.code, code, words.expires, words.ignore].join('\n\n').concat('\n');

/** A site's name with a line break in it would begin another header. */
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');

type MailBodyProps = { words: MailWords; facts: SignInMailFacts; messages: Messages };

/** Mail programs drop style sheets, so what matters is said on the elements. No pictures: nothing is told of the opening. */
const MailBody = ({ words, facts, messages }: MailBodyProps) => (
  <html lang={messages.locale} dir={messages.direction}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{subjectOf(facts, messages)}</title>
    </head>
    <body style={bodyStyle} dir={messages.direction}>
      <div style={columnStyle}>
        <p style={nameStyle}>{facts.siteName}</p>
        <p>{words.link}</p>
        <p style={spacedStyle}>
          <a href={facts.link} style={buttonStyle}>
            {words.button}
          </a>
        </p>
        <p>{words.code}</p>
        <p style={codeStyle}>
          <span dir="ltr">{facts.code}</span>
        </p>
        <p>{words.expires}</p>
        <p style={quietStyle}>{words.ignore}</p>
      </div>
    </body>
  </html>
);

const bodyStyle =
  'margin:0;padding:32px 20px;font:16px/1.6 system-ui,-apple-system,"Segoe UI",Arial,sans-serif';
const columnStyle = 'max-width:480px;margin:0 auto';
const nameStyle = 'margin:0 0 24px;font:600 20px/1.3 Georgia,serif';
const spacedStyle = 'margin:24px 0';
const buttonStyle =
  'display:inline-block;border:1px solid #8c867a;padding:14px 28px;background:#1b1916;color:#ffffff;font-weight:600;text-decoration:none';
const codeStyle =
  'margin:16px 0 24px;font:600 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:4px';
const quietStyle = 'margin:24px 0 0;opacity:.75';
