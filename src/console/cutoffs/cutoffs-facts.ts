/** All that the cutoffs' page shows. */

import type { FormAgain } from '../draft/form-again.ts';
import type { CutoffsAsked } from './cutoffs-address.ts';
import type { CutoffsView } from './cutoffs-view.ts';
import type { CutSeen } from './look-at-cut.ts';
import type { TypedCutoff } from './typed-cutoff.ts';

export interface CutoffsFacts {
  readonly view: CutoffsView;
  /** True: whoever looks may edit the draft, and forms can. */
  readonly mayChange: boolean;
  readonly asked: CutoffsAsked & { readonly typed: TypedCutoff };
  /** The cutoff that is looked at, as the draft has it; a rule without its own has the general one. */
  readonly now: TypedCutoff;
  /** Absent: no article is known and none was asked for. */
  readonly cut: CutSeen | undefined;
  readonly notice?: string;
  readonly fault?: string;
  readonly again: FormAgain;
}
