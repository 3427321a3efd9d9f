/** The page that a reader would get, of any article and under any policy: decided and made as it is served, and never counted. */
import { accessHeader } from './access-header.ts';
import { createDecideAt, type DecidedView } from './answer-access.ts';
import type { AskedAddress } from './asked-address.ts';
import type { Locate } from './locate.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { type FormOptions, makeForm } from './ready-forms.ts';
import type { RulingOf } from './ruling.ts';
import type { SeenReader, StandpointOf } from './seen-reader.ts';
import { createViewArticle } from './view-article.ts';

export interface SeeAsRequest {
  readonly address: AskedAddress;
  readonly reader: SeenReader;
  /** The policy in force, a draft, an earlier version. */
  readonly rules: PolicyInForce;
  readonly now: number;
}

export type Seen =
  | {
      readonly kind: 'page';
      /** What explain tells it from. */
      readonly decided: DecidedView;
      readonly status: number;
      /** Name, value, name, value …; `Gatefold-Access` is among them, a cookie never. */
      readonly headers: readonly string[];
      /** As it would be served without a content coding; its type is in the headers. */
      readonly body: Buffer;
    }
  | {
      /** Decided, and there is nothing to show. */
      readonly kind: 'no-page';
      /** `not-text`: of a type that is only passed on whole, or withheld. `unseen`: a host application never sent it through here. */
      readonly why: 'not-text' | 'unseen';
      readonly decided: DecidedView;
    }
  | { readonly kind: 'not-an-article' | 'feed' | 'unavailable' | 'unknown-reader' };

/** Rejects only when the store can't be asked who a named reader is. */
export type SeeAs = (request: SeeAsRequest) => Promise<Seen>;

interface Options {
  /** Under any policy, without a trace of it left where readers are answered from. */
  readonly locate: Locate;
  /** Nobody else's: a ruling under a draft takes the place of the one in force. */
  readonly rulingOf: RulingOf;
  readonly standpointOf: StandpointOf;
  readonly form: FormOptions;
  /** Only what passes through can be seen. */
  readonly hosted: boolean;
}

export const createSeeAs = ({ locate, rulingOf, standpointOf, form, hosted }: Options): SeeAs => {
  const decide = async ({ address, reader, rules, now }: SeeAsRequest) => {
    const standpoint = await standpointOf(reader, now);
    if (standpoint === 'unknown-reader') return standpoint;
    const { asker, liveView, meters } = standpoint;
    // A store that is down shows in the decision itself, and is counted where readers meet it.
    const viewArticle = createViewArticle({ liveView, meters, onDegraded: () => undefined });
    const decideAt = createDecideAt({ locate, rulingOf, viewArticle, inForce: () => rules });
    const decided = await decideAt(address, { asker }, 'look', now);
    return typeof decided === 'string' ? decided : { decided, registered: asker.reader !== undefined };
  };

  return async (request) => {
    const seen = await decide(request);
    if (typeof seen === 'string') return { kind: seen };
    const { decided, registered } = seen;
    const { page, ruling, decision } = decided;
    if (page.form.kind === 'uncuttable' && page.raw.length === 0)
      return { kind: 'no-page', why: hosted ? 'unseen' : 'not-text', decided };
    const { status, headers, body } = await makeForm(
      { page, ruling, decision, registered, coding: 'identity' },
      form,
    );
    return {
      kind: 'page',
      decided,
      status,
      headers: [...headers, 'Gatefold-Access', accessHeader(decision)],
      body,
    };
  };
};
