/** What an API token looks like, wherever one stands: in its header, and where none may be. */
import { apiTokenPrefix as prefix } from '../../origin/own-tokens.ts';
import { isSecret } from './credential.ts';

export const apiTokenFrom = (secret: string): string => `${prefix}${secret}`;

/** Undefined: the header holds something else. */
export function tokenIn(authorization: string): string | undefined {
  const token = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
  return token?.startsWith(prefix) && isSecret(token.slice(prefix.length)) ? token : undefined;
}

/** Addresses stand in logs, in histories and in other sites' statistics: a token in one is a token lost. */
export const holdsToken = (address: string): boolean => /gfo_[\w-]{20}/i.test(address);
