/** Every key that Gatefold keeps in Redis. What must change in one step shares a `{…}`, and so a Cluster slot. */

/** An empty or brace-holding tag would scatter the keys that have to stay together. */
const tag = (text: string): string => `{${/^[^{}]+$/.test(text) ? text : encodeURIComponent(`-${text}`)}}`;

/** A sorted set of article ids, scored by when they were read. */
export const readsKey = (slot: string, meter: string, window: string, subject: string): string =>
  `gf:${tag(slot)}:reads:${meter}:${window}:${subject}`;

/** How many subjects of the slot made a first read in the window. */
export const networkKey = (slot: string, meter: string, windowKey: string): string =>
  `gf:${tag(slot)}:network:${meter}:${windowKey}`;

/** Matches the subject's reads of every meter and window. */
export const readsPattern = (slot: string, subject: string): string =>
  `${escapeGlob(`gf:${tag(slot)}:reads:`)}*${escapeGlob(`:${subject}`)}`;

const escapeGlob = (text: string): string => text.replace(/[*?[\]\\^]/g, '\\$&');

/** A hash: entitlement id to JSON. */
export const entitlementsKey = (reader: string): string => `gf:${tag(reader)}:entitlements`;

export const readerKey = (reader: string): string => `gf:${tag(reader)}:reader`;

/** A set of device ids, some of which may be revoked. */
export const readerDevicesKey = (reader: string): string => `gf:${tag(reader)}:devices`;

/** The id of the reader who has this address. */
export const emailKey = (email: string): string => `gf:email:${tag(email)}`;

/** JSON, or `revoked`. */
export const deviceKey = (device: string): string => `gf:device:${tag(device)}`;

/** A hash: `record` (JSON), `link`, `code`, `expiresAt` and `wrong`, the count of wrong codes. */
export const signInKey = (requestId: string): string => `gf:sign-in:${tag(requestId)}`;

/** The request id of the sign-in that this link belongs to. */
export const signInLinkKey = (linkHash: string): string => `gf:sign-in-link:${tag(linkHash)}`;
