/** The cookies by which a browser says who is asking: their names, how they are set, and how they are read. */
import { stringifySetCookie } from 'cookie';

export interface CookieNames {
  readonly reader: string;
  readonly visitor: string;
  /** Binds a mailed code to the browser that asked for it. */
  readonly signIn: string;
  /** This browser was signed out, and not by its own doing: the sign-in page says so. */
  readonly signedOut: string;
}

const plain: CookieNames = {
  reader: 'gf_reader',
  visitor: 'gf_visitor',
  signIn: 'gf_sign_in',
  signedOut: 'gf_signed_out',
};
/** `__Host-` cookies can't be set from a sibling domain or over http. */
const hosted: CookieNames = {
  reader: `__Host-${plain.reader}`,
  visitor: `__Host-${plain.visitor}`,
  signIn: `__Host-${plain.signIn}`,
  signedOut: `__Host-${plain.signedOut}`,
};

/** @param secure the reader came by https: the other names are then not read at all. */
export const cookieNames = (secure: boolean): CookieNames => (secure ? hosted : plain);

/** A token's cookie outlives its token: an expired one still names the device that may renew it. */
export const readerCookieDays = 90;
const visitorCookieDays = 400;
const signedOutDays = 30;
const daySeconds = 86_400;

export const readerCookie = (token: string, secure: boolean): string =>
  setCookie(cookieNames(secure).reader, token, readerCookieDays * daySeconds, secure);

export const clearedReaderCookie = (secure: boolean): string =>
  setCookie(cookieNames(secure).reader, '', 0, secure);

/** For a browser whose device was signed out elsewhere: its cookie goes, and a word stays for the sign-in page. */
export const signedOutCookies = (secure: boolean): readonly string[] => [
  clearedReaderCookie(secure),
  setCookie(cookieNames(secure).signedOut, '1', signedOutDays * daySeconds, secure),
];

export const clearedSignedOutCookie = (secure: boolean): string =>
  setCookie(cookieNames(secure).signedOut, '', 0, secure);

export const visitorCookie = (value: string, secure: boolean): string =>
  setCookie(cookieNames(secure).visitor, value, visitorCookieDays * daySeconds, secure);

export const signInCookie = (requestId: string, ttlSeconds: number, secure: boolean): string =>
  setCookie(cookieNames(secure).signIn, requestId, ttlSeconds, secure);

const setCookie = (name: string, value: string, maxAge: number, secure: boolean): string =>
  stringifySetCookie({ name, value, maxAge, path: '/', httpOnly: true, sameSite: 'lax', secure });

/** Enough for a browser that kept an old cookie beside a new one; a header full of them is not worth its checking. */
const maxOfOneName = 8;

const space = 0x20;
const tab = 0x09;

/**
 * Every value of one cookie, in the order sent, undecoded: ours hold nothing that is encoded. Reads the raw header
 * because nearly every request passes here, and the site's own cookies beside ours are many and none of our business.
 */
export function cookieValues(header: string | undefined, name: string): readonly string[] {
  if (header === undefined || !header.includes(name)) return none;
  const values: string[] = [];
  let start = 0;
  while (start < header.length && values.length < maxOfOneName) {
    const semicolon = header.indexOf(';', start);
    const end = semicolon < 0 ? header.length : semicolon;
    while (start < end && isBlank(header.charCodeAt(start))) start += 1;
    if (header.startsWith(name, start) && header[start + name.length] === '=') {
      values.push(header.slice(start + name.length + 1, end).trimEnd());
    }
    start = end + 1;
  }
  return values;
}

const none: readonly string[] = [];

const isBlank = (code: number): boolean => code === space || code === tab;
