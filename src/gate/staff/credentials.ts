/** What of a request the origin may know its own people by: it goes with the question whether they are staff. */
import { compileNameGlobs } from '../../policy/glob.ts';
import type { StaffProbe } from '../../policy/staff-probes.ts';
import { formPathsOf } from '../form-address.ts';
import { cookiePairs, nameOf } from './cookie-pairs.ts';
import { type WordpressSession, wordpressSessions } from './wordpress-session.ts';

/** Exactly what the question is asked with, and what its answer is kept under: what isn't in here proves nothing. */
export interface Credentials {
  /** `name=value` pairs, with semicolons between them. */
  readonly cookie?: string;
  readonly authorization?: string;
  /** WordPress's `X-WP-Nonce`. */
  readonly nonce?: string;
}

/** What a request brings that may be the origin's. */
export interface Brought {
  /** The raw header. */
  readonly cookie: string | undefined;
  /** Undefined also where it holds a token of Gatefold's. */
  readonly authorization: string | undefined;
  readonly nonce: string | undefined;
  readonly target: string;
  readonly path: string;
  /** The cookies for /wp-admin that came with this session's earlier; see `companion.ts`. */
  readonly keptFor: (session: WordpressSession) => readonly string[];
}

/** Undefined: nothing that this probe could know anybody by. */
export type CredentialsOf = (brought: Brought) => Credentials | undefined;

export const createCredentialsOf = (probe: StaffProbe): CredentialsOf => {
  const cookiesOf = createCookiesOf(probe.credentials);
  const isRest = probe.credentials.kind === 'wordpress-rest';
  return (brought) => {
    const authorization = mayBeHere(probe, brought) ? brought.authorization : undefined;
    const nonce = isRest ? brought.nonce : undefined;
    const cookies = isRest && nonce === undefined ? [] : cookiesOf(brought);
    if (authorization === undefined && cookies.length === 0) return undefined;
    return {
      ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
      ...(authorization === undefined ? {} : { authorization }),
      ...(nonce === undefined ? {} : { nonce }),
    };
  };
};

const mayBeHere = ({ authorization }: StaffProbe, { target, path }: Brought): boolean =>
  authorization === 'anywhere' ||
  formPathsOf(target, path).some((each) => /\/(wp-json|ghost\/api)(\/|$)/.test(each));

const createCookiesOf = (
  credentials: StaffProbe['credentials'],
): ((brought: Brought) => readonly string[]) => {
  switch (credentials.kind) {
    case 'authorization':
      return () => [];
    case 'wordpress':
      return ({ cookie, keptFor }) =>
        wordpressSessions(cookie).flatMap((session) => {
          const { loggedIn, forAdmin } = session;
          return [loggedIn, ...(forAdmin.length > 0 ? forAdmin : keptFor(session))];
        });
    case 'wordpress-rest':
      return ({ cookie }) => wordpressSessions(cookie).map(({ loggedIn }) => loggedIn);
    case 'named': {
      const isNamed = compileNameGlobs(credentials.cookies);
      return ({ cookie }) => cookiePairs(cookie).filter((pair) => isNamed(nameOf(pair)));
    }
    case 'any':
      return ({ cookie }) => cookiePairs(cookie).filter((pair) => !signsNobodyIn.test(nameOf(pair)));
    default:
      return credentials satisfies never;
  }
};

/** Cookies of statistics, advertising and consent: nearly every reader has some, and many change with each page. */
const signsNobodyIn = new RegExp(
  `^(?:${[
    '_ga(?:_.*)?|_gid|_gat.*|_gac_.*|_gcl_.*|__utm[a-z]|__gads|__gpi|__eoi|FCCDCF|FCNEC',
    '_fbp|_fbc|_pk_.*|mtm_.*|_hj.*|__hs.*|hubspotutk|_clck|_clsk|_uet.*|_ttp|_tt_.*|_scid.*|_pin_unauth|_rdt_uuid',
    'ajs_.*|mp_.*|amp_.*|_dd_s|_parsely_.*|_cb.*|_chartbeat.*|_sp_.*|optimizely.*|_vwo.*|AMCV.*|s_(?:cc|sq|vi|fid)',
    '__cf.*|_cfuvid|cf_clearance|__stripe_.*|intercom-.*|cookie-?consent.*|cookieyes.*|cky-.*|cmplz_.*|OptanonConsent',
    'OptanonAlertBoxClosed|CookieConsent|eupubconsent.*|euconsent.*|didomi_.*|wordpress_test_cookie|comment_author_.*',
  ].join('|')})$`,
  'i',
);
