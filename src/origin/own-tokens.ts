/** Tokens that Gatefold made, known by their look wherever they stand: they are nobody’s business behind the gate. */

/** The `typ` of a reader token. */
export const readerTokenType = 'gatefold+jwt';
/** What the token of an operator’s program begins with. */
export const apiTokenPrefix = 'gfo_';

/**
 * By look and not by proof: a token of a key that is no longer known, or of another Gatefold of the same house, is a secret
 * all the same. Linear in the length of `text`.
 */
export function holdsOwnToken(text: string): boolean {
  if (text.includes(apiTokenPrefix) && API_TOKEN.test(text)) return true;
  if (!text.includes('eyJ')) return false;
  for (const [, head = ''] of text.matchAll(JWT)) {
    if (Buffer.from(head, 'base64url').toString().includes(readerTokenType)) return true;
  }
  return false;
}

/** `holdsOwnToken` for `Authorization` of any scheme: what stands in Basic’s name or password counts too. */
export function authorizesByOwnToken(authorization: string): boolean {
  if (holdsOwnToken(authorization)) return true;
  const encoded = /^\s*basic\s+([\w+/=-]+)/i.exec(authorization)?.[1];
  return encoded !== undefined && holdsOwnToken(Buffer.from(encoded, 'base64').toString('latin1'));
}

/** An address is written down in logs and histories, behind the gate too. */
export const isAddressWithOwnToken = (address: string): boolean =>
  holdsOwnToken(address) || (address.includes('%') && holdsOwnToken(withoutPercents(address)));

/** `%XX` as the byte that it stands for; whatever isn’t one stays. */
export const withoutPercents = (text: string): string =>
  text.includes('%')
    ? text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

const API_TOKEN = /gfo_[\w-]{20}/;
/** Every JSON object in base64url begins so; the head of a JWT is one. */
const JWT = /(?<![\w-])(eyJ[\w-]+)\.[\w-]/g;
