/** Takes a token apart, refusing every spelling but the one that signers write; what it holds is not yet proved. */

import { readerTokenType } from '../origin/own-tokens.ts';

export type TokenForm =
  | {
      readonly kind: 'form';
      readonly kid: string;
      readonly algorithm: string;
      readonly payload: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'fault'; readonly why: TokenFormFault };

export type TokenFormFault =
  | 'too-long'
  | 'not-a-token'
  | 'not-canonical'
  | 'not-json'
  | 'duplicate-member'
  | 'header-member'
  | 'wrong-type';

/** As long as a browser keeps a cookie. */
const maxTokenLength = 4096;

/**
 * One token has one spelling: no padding, no stray bits, no second member of one name. Else what one parser checks is
 * not what another reads, and a store of verified tokens holds many entries for one.
 */
export function readTokenForm(token: string): TokenForm {
  if (token.length > maxTokenLength) return fault('too-long');
  const parts = token.split('.');
  const [head = '', body = '', signature = ''] = parts;
  if (parts.length !== 3 || !head || !body || !signature) return fault('not-a-token');
  if (![head, body, signature].every(isCanonical)) return fault('not-canonical');
  const header = readObject(head);
  if (typeof header === 'string') return fault(header);
  const payload = readObject(body);
  if (typeof payload === 'string') return fault(payload);
  return readHeader(header, payload);
}

const fault = (why: TokenFormFault): TokenForm => ({ kind: 'fault', why });

/**
 * Three members and no more: `crit` would ask for rules nobody here knows, `jwk`, `jku`, `x5c` and `x5u` bring the
 * forger's own key, `b64` and `zip` change what is signed.
 */
function readHeader(header: JsonObject, payload: JsonObject): TokenForm {
  const { alg, kid, typ } = header;
  if (Object.keys(header).length !== 3 || typeof alg !== 'string' || typeof kid !== 'string')
    return fault('header-member');
  if (typ !== readerTokenType) return fault('wrong-type');
  return { kind: 'form', kid, algorithm: alg, payload };
}

const isCanonical = (part: string): boolean =>
  /^[A-Za-z0-9_-]+$/.test(part) && Buffer.from(part, 'base64url').toString('base64url') === part;

type JsonObject = Readonly<Record<string, unknown>>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readObject(part: string): JsonObject | 'not-json' | 'duplicate-member' {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(Buffer.from(part, 'base64url'));
    value = JSON.parse(text);
  } catch {
    return 'not-json';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-json';
  // A parser keeps the last of two members with one name, so fewer are left than were written.
  return membersWritten(text) === membersKept(value) ? (value as JsonObject) : 'duplicate-member';
}

/** In valid JSON a string before a colon is a member's name, and no other colon stands outside a string. */
const membersWritten = (json: string): number => {
  let names = 0;
  for (const [, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) names += 1;
  return names;
};

function membersKept(root: object): number {
  let members = 0;
  const open: object[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (!Array.isArray(value)) members += Object.keys(value).length;
    for (const inner of Object.values(value))
      if (typeof inner === 'object' && inner !== null) open.push(inner);
  }
  return members;
}
