/** Headers that carry an article's text are left out of every answer, whoever asks: no program needs it there. */
import type { Clock } from '../ops/clock.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import { GUARANTEED_UNITS } from '../sentry/fingerprints.ts';
import type { KnownTexts } from '../sentry/known-texts.ts';
import { passagesIn } from '../sentry/read-answer.ts';
import { withheldAmong } from '../sentry/withheld.ts';
import { createTerms, nobody } from './judge-answer.ts';
import type { PolicyInForce } from './policy-in-force.ts';

interface Options {
  readonly giveBack: ReturnHeaders;
  readonly known: KnownTexts;
  readonly inForce: () => PolicyInForce;
  readonly clock: Clock;
}

export const withoutTextInHeaders =
  ({ giveBack, known, inForce, clock }: Options): ReturnHeaders =>
  (headers) => {
    const given = giveBack(headers);
    if (known.size().articles === 0 || given.every(([, value]) => value.length < GUARANTEED_UNITS))
      return given;
    const termsOf = createTerms(inForce(), clock(), nobody, undefined);
    return given.filter(
      ([, value]) =>
        value.length < GUARANTEED_UNITS || withheldAmong(passagesIn(value, known), termsOf).length === 0,
    );
  };
