/** The one door to randomness. */
import { randomBytes } from 'node:crypto';

/** Unguessable text of `bytes` random bytes, base64url (so URL- and cookie-safe). */
export const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');
