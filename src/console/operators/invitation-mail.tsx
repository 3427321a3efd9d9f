/** The message that tells somebody of having been invited to the console. It holds no secret: the address signs in. */
import { renderToString } from 'preact-render-to-string';
import type { Role } from './may.ts';

interface InvitationMailFacts {
  readonly siteName: string;
  readonly role: Role;
  readonly invitedBy: string;
  /** Absolute address of the console. */
  readonly consoleAddress: string;
}

export interface InvitationMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const roleWords: Readonly<Record<Role, string>> = {
  viewer: 'You can look at everything there and change nothing.',
  editor: 'You can change metered limits and rules, publish, and help readers.',
  owner: 'You can do everything there, and invite others.',
};

export const invitationMail = (facts: InvitationMailFacts): InvitationMail => {
  const { role, invitedBy, consoleAddress } = facts;
  const siteName = oneLine(facts.siteName);
  const invited = `${invitedBy} invited you to the console of ${siteName}, as ${role}. ${roleWords[role]}`;
  const how = 'Sign in there with this email address; no password is needed:';
  const ignore = 'If you don’t know what this is about, do nothing.';
  return {
    subject: `You’re invited to the console of ${siteName}`,
    text: [invited, how, consoleAddress, ignore].join('\n\n').concat('\n'),
    html: `<!DOCTYPE html>${renderToString(
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <title>{`Invitation to the console of ${siteName}`}</title>
        </head>
        <body style={bodyStyle}>
          <p>{invited}</p>
          <p>{how}</p>
          <p>
            <a href={consoleAddress}>{consoleAddress}</a>
          </p>
          <p style="opacity:.75">{ignore}</p>
        </body>
      </html>,
    )}`,
  };
};

/** A site's name with a line break in it would begin another header. */
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');

const bodyStyle =
  'margin:0;padding:32px 20px;font:16px/1.6 system-ui,-apple-system,"Segoe UI",Arial,sans-serif';
