/**
 * The cookies of somebody who is signed in at WordPress. It sets two: one for the whole site, and one that browsers send to
 * /wp-admin alone, by which its pages of administration know who asks. `wordpress_logged_in_0a1b=…` goes with
 * `wordpress_0a1b=…`, or `wordpress_sec_0a1b=…` over https.
 */
import { cookiePairs, nameOf, textOf } from './cookie-pairs.ts';

export interface WordpressSession {
  /** The pair that the whole site gets. */
  readonly loggedIn: string;
  /** The pairs for /wp-admin; none elsewhere. */
  readonly forAdmin: readonly string[];
}

export const wordpressSessions = (header: string | undefined): readonly WordpressSession[] => {
  if (header === undefined || !header.includes(prefix)) return [];
  const pairs = cookiePairs(header);
  return pairs
    .filter((pair) => pair.startsWith(prefix))
    .slice(0, mostSessions)
    .map((loggedIn) => {
      const site = nameOf(loggedIn).slice(prefix.length);
      const names = [`wordpress_${site}`, `wordpress_sec_${site}`];
      return { loggedIn, forAdmin: pairs.filter((pair) => names.includes(nameOf(pair))) };
    });
};

const prefix = 'wordpress_logged_in_';

/** A browser has one for each WordPress of the domain. */
const mostSessions = 4;

/**
 * Whether both kinds were made by one signing in: WordPress writes who it is, until when, and a token of the session into
 * each, before its signature. Cookies of another make are of no session.
 */
export const isOneSession = ({ loggedIn, forAdmin }: WordpressSession): boolean => {
  const session = sessionIn(loggedIn);
  return (
    session !== undefined && forAdmin.length > 0 && forAdmin.every((pair) => sessionIn(pair) === session)
  );
};

const sessionIn = (pair: string): string | undefined =>
  /^([^|]+\|\d+\|[^|]{8,})\|[^|]+$/.exec(decoded(textOf(pair)))?.[1];

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};
