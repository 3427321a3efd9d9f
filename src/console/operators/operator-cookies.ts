/** The console's cookies: their names, how they are set, and how they are read. */
import { stringifySetCookie } from 'cookie';
import { cookieValues } from '../../readers/reader-cookies.ts';
import { deviceHours } from './power.ts';

/** `__Host-` cookies can't be set from a sibling domain or over http. */
const nameOf = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

const operator = 'gf_operator';
/** Binds a mailed code to the browser that asked for it. */
const signIn = 'gf_operator_sign_in';

export const operatorCookieName = (secure: boolean): string => nameOf(operator, secure);

export const operatorCookie = (secret: string, secure: boolean): string =>
  setCookie(operator, secret, deviceHours * 3600, secure);

export const clearedOperatorCookie = (secure: boolean): string => setCookie(operator, '', 0, secure);

export const operatorSignInCookie = (requestId: string, ttlSeconds: number, secure: boolean): string =>
  setCookie(signIn, requestId, ttlSeconds, secure);

/**
 * Any of several may be the one: at another port of this host name, or a sibling name, a page can plant a cookie beside
 * it, never take it away or read it.
 */
export const operatorSecretsIn = (header: string | undefined, secure: boolean): readonly string[] => [
  ...new Set(cookieValues(header, nameOf(operator, secure))),
];

/** Undefined also where two came: one of them was planted, and nobody can tell which. */
export const operatorSignInIn = (header: string | undefined, secure: boolean): string | undefined =>
  onlyOne(cookieValues(header, nameOf(signIn, secure)));

const onlyOne = ([value, another]: readonly string[]): string | undefined =>
  another === undefined ? value : undefined;

/**
 * `Strict`: no other site can even make a browser ask with it. Whoever follows a link to the console from elsewhere is
 * led on by a page of our own, from where the cookie is sent (see require-operator.ts).
 */
const setCookie = (name: string, value: string, maxAge: number, secure: boolean): string =>
  stringifySetCookie({
    name: nameOf(name, secure),
    value,
    maxAge,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
  });
