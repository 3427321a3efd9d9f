/** What the origin is asked to tell staff by, from the words of the policy: addresses, and what goes with the question. */
import type { StaffPolicy } from './policy.ts';

export interface StaffProbe {
  /** Path and query; the origin answers it with success to staff alone. */
  readonly address: string;
  readonly credentials: CredentialKind;
  /** Where an Authorization header may be staff's: at any address, or at those of the system's API. */
  readonly authorization: 'anywhere' | 'at-api';
}

export type CredentialKind =
  /** WordPress's cookies, those that browsers keep for /wp-admin included; or Authorization. */
  | { readonly kind: 'wordpress' }
  /** WordPress's REST API: it heeds the cookie of somebody signed in only beside its nonce. */
  | { readonly kind: 'wordpress-rest' }
  | { readonly kind: 'authorization' }
  /** Cookies whose names match one of the globs; or Authorization. */
  | { readonly kind: 'named'; readonly cookies: readonly string[] }
  /** Any cookie but those of counting and consent, which no site signs anybody in by; or Authorization. */
  | { readonly kind: 'any' };

/** None: nobody is staff. */
export const staffProbesOf = ({ probe, cookies }: StaffPolicy): readonly StaffProbe[] =>
  probe.flatMap((word) => {
    const probes = probesOf(word);
    if (cookies === undefined) return probes;
    return probes.map((each) => ({ ...each, credentials: namedFor(each.credentials, cookies) }));
  });

/** Cookies of the publisher's choice; a probe that heeds none, or only beside a nonce, goes on as it is. */
const namedFor = (credentials: CredentialKind, cookies: readonly string[]): CredentialKind =>
  credentials.kind === 'authorization' || credentials.kind === 'wordpress-rest'
    ? credentials
    : { kind: 'named', cookies };

const probesOf = (word: string): readonly StaffProbe[] => {
  if (word === 'wordpress') return wordpress('', '/wp-admin/edit.php', 'at-api');
  if (word === 'ghost') return ghost('', '/ghost/api/admin/users/me/', 'at-api');
  const [, wordpressAt] = /^(.*?)\/wp-admin\//.exec(word) ?? [];
  if (wordpressAt !== undefined) return wordpress(wordpressAt, word, 'anywhere');
  const [, ghostAt] = /^(.*?)\/ghost\/api\//.exec(word) ?? [];
  if (ghostAt !== undefined) return ghost(ghostAt, word, 'anywhere');
  return [{ address: word, credentials: { kind: 'any' }, authorization: 'anywhere' }];
};

/**
 * Its pages of administration heed neither application passwords nor the nonce that comes with the editor's requests, its
 * REST API heeds no cookie without that nonce: each is asked about what it heeds. Both ask for the right to edit posts.
 */
const wordpress = (
  base: string,
  address: string,
  authorization: StaffProbe['authorization'],
): readonly StaffProbe[] => [
  { address, credentials: { kind: 'wordpress' }, authorization },
  {
    address: `${base}/?rest_route=/wp/v2/posts&context=edit&per_page=1&_fields=id`,
    credentials: { kind: 'wordpress-rest' },
    authorization,
  },
];

/** An integration's token names no person, so it is asked about by the posts that it may read. */
const ghost = (
  base: string,
  address: string,
  authorization: StaffProbe['authorization'],
): readonly StaffProbe[] => [
  { address, credentials: { kind: 'named', cookies: ['ghost-admin-api-session'] }, authorization },
  {
    address: `${base}/ghost/api/admin/posts/?limit=1&fields=id`,
    credentials: { kind: 'authorization' },
    authorization,
  },
];

const presets = ['wordpress', 'ghost'];

/** Why a word can't be asked, or undefined when it can. */
export const staffProbeFault = (
  word: string,
): { readonly message: string; readonly instead: string } | undefined => {
  if (presets.includes(word)) return undefined;
  const quoted = JSON.stringify(word.slice(0, 80));
  if (/^[a-z][a-z+.-]*:\/\//i.test(word)) {
    return {
      message: 'a probe is asked of the origin, and has no scheme and host',
      instead: 'its path alone',
    };
  }
  if (!word.startsWith('/') || word.startsWith('//')) {
    return {
      message: `${quoted} is no address of the site`,
      instead: 'wordpress, ghost, or a path that begins with /',
    };
  }
  if (/[^\x21-\x7e]|[\\#]/.test(word)) {
    return {
      message: `${quoted} holds what an address can’t`,
      instead: 'a path, and a query where one is needed, with other characters as %XX',
    };
  }
  return undefined;
};
