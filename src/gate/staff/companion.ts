/**
 * A cookie that carries WordPress's cookie for /wp-admin to the rest of the site, sealed. WordPress tells the right to edit by
 * that one alone, and browsers send it to /wp-admin alone: without it, who edits would be a stranger everywhere else.
 * What is sealed opens only beside the very session that it came with, here, and for asking WordPress; it proves nothing
 * by itself, and is worth nothing once that session is over.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { stringifySetCookie } from 'cookie';
import { cookieValues } from '../../readers/reader-cookies.ts';
import { isOneSession, type WordpressSession, wordpressSessions } from './wordpress-session.ts';

export interface Companions {
  /** The pairs for /wp-admin that are sealed in a request's header for this session. */
  kept(header: string | undefined, session: WordpressSession): readonly string[];
  /** `Set-Cookie` for a browser that sends more than it could elsewhere, unless it holds that already. */
  toKeep(header: string | undefined): string | undefined;
}

interface Options {
  /** The first seals, all open. */
  readonly keys: readonly [Buffer, ...Buffer[]];
  /** So many unguessable bytes, base64url. */
  readonly random: (bytes: number) => string;
  readonly secure: boolean;
}

export const createCompanions = ({ keys, random, secure }: Options): Companions => {
  const name = secure ? '__Host-gf_staff' : 'gf_staff';

  const kept: Companions['kept'] = (header, { loggedIn }) => {
    const [sealed] = cookieValues(header, name);
    if (sealed === undefined || sealed.length > longest) return [];
    for (const key of keys) {
      const pairs = opened(sealed, loggedIn, key);
      if (pairs !== undefined) return pairs.split('; ');
    }
    return [];
  };

  return {
    kept,
    toKeep: (header) => {
      const session = wordpressSessions(header).find(isOneSession);
      if (session === undefined) return undefined;
      const pairs = session.forAdmin.join('; ');
      if (kept(header, session).join('; ') === pairs) return undefined;
      const value = sealed(pairs, session.loggedIn, keys[0], random);
      if (value.length > longest) return undefined;
      return stringifySetCookie({ name, value, maxAge, path: '/', httpOnly: true, sameSite: 'lax', secure });
    },
  };
};

/** As long as WordPress keeps somebody signed in who asks to be remembered, in seconds. */
const maxAge = 15 * 86_400;
/** Characters. Browsers take cookies of about 4,000. */
const longest = 3_000;

const ivBytes = 12;
const tagBytes = 16;

const sealed = (text: string, beside: string, key: Buffer, random: Options['random']): string => {
  const iv = Buffer.from(random(ivBytes), 'base64url');
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(beside));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
};

const opened = (value: string, beside: string, key: Buffer): string | undefined => {
  const bytes = Buffer.from(value, 'base64url');
  if (bytes.length <= ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(beside))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return undefined;
  }
};
