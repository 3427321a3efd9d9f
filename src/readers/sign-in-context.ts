/** What the routes of signing in are given, and what they share. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OwnPages } from './own-pages.ts';
import type { LimitAnswer, SignInLimits } from './rate-limits.ts';
import type { ReaderStore } from './reader-store.ts';
import type { SignIn } from './sign-in.ts';
import type { FormRequest, SignInPages } from './sign-in-pages.ts';

export interface SignInRoutesOptions extends OwnPages {
  readonly signIn: SignIn;
  readonly limits: SignInLimits;
  readonly store: Pick<ReaderStore, 'revokeDevice' | 'byId'>;
  /** Names the network that a request came from, whatever cookies it brought. */
  readonly networkOf: (request: IncomingMessage, now: number) => string;
}

export interface SignInContext extends SignInRoutesOptions {
  readonly secure: boolean;
  readonly pages: SignInPages;
  /** True: it was too much, and that has been answered. */
  readonly answeredTooMany: (
    limits: readonly LimitAnswer[],
    request: FormRequest,
    response: ServerResponse,
  ) => boolean;
}
