/** What an id may look like: it goes into addresses, stores and log lines as it is. */
import type { TextFault } from './judge-text.ts';

export const idPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;

export const idFault = (id: string): TextFault | undefined =>
  idPattern.test(id)
    ? undefined
    : {
        message: `${JSON.stringify(id.slice(0, 60))} can't be an id: small letters a to z, digits, - and _, at most 64`,
        instead: slug(id),
      };

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64) || 'a-name';
