/** Why somebody gets the whole article or its preview: the trace as a picture, beside the very text of `gatefold explain`. */
import { isSame, otherNow } from '../../insight/explain-reference.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { ExplainReference } from './explain-reference.tsx';
import { ExplainTrace, type Traced } from './explain-trace.tsx';
import type { ReferenceTold } from './look.ts';
import { LookFormPart } from './look-form.tsx';
import type { LookFormFacts } from './look-who.tsx';

export interface ExplainPageFacts {
  readonly form: LookFormFacts;
  readonly fault?: string;
  /** Absent: nothing was asked yet. */
  readonly result?: ExplainResult;
}

export interface ExplainResult {
  /** As whom, in words. */
  readonly reader: string;
  readonly isDraft: boolean;
  /** A sentence where nothing is decided. */
  readonly trace: Traced | string;
  /** All of it as text; empty where there is nothing to copy. */
  readonly lines: readonly string[];
  readonly reference?: {
    readonly told: ReferenceTold;
    /** Of the version that the prompt was made by. */
    readonly number?: number;
  };
}

export const renderExplainPage = (frame: ConsoleFrame, { form, fault, result }: ExplainPageFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/explain',
    fault,
    scripts: ['copy.js'],
    children: (
      <>
        <p class="look-lead">Why somebody was let in or stopped. Nothing is counted or recorded by asking.</p>
        <section class="part" aria-label="What to explain">
          <LookFormPart place="explain" facts={form} />
        </section>
        {result && <Result frame={frame} result={result} />}
      </>
    ),
  });

interface ResultProps {
  readonly frame: ConsoleFrame;
  readonly result: ExplainResult;
}

const Result = ({ frame, result: { reader, isDraft, trace, lines, reference } }: ResultProps) => (
  <section class="part look-wide" aria-labelledby="explained">
    <h2 id="explained">
      {reference ? (
        <>
          Reference <bdi>{reference.told.code}</bdi>
        </>
      ) : (
        <>
          For <bdi>{reader}</bdi>
        </>
      )}
    </h2>
    {reference && <ExplainReference {...reference} />}
    <div class="explain-sides">
      <div class="explain-steps">
        {reference && <Again told={reference.told} />}
        {typeof trace === 'string' ? (
          <p class="note">{trace}</p>
        ) : (
          <ExplainTrace traced={trace} isDraft={isDraft} timeZone={frame.timeZone} />
        )}
      </div>
      {lines.length > 0 && <Text lines={lines} />}
    </div>
  </section>
);

const Again = ({ told: { stands, by, now } }: { told: ReferenceTold }) => (
  <>
    <h3>Such a reader now</h3>
    {by === 'in-force' && (
      <p class="note">The policy that the prompt was made by isn’t kept any more: this is by today’s.</p>
    )}
    {now.kind === 'decided' && !isSame(stands, now) && <p class="note">{otherNow}</p>}
  </>
);

const Text = ({ lines }: { lines: readonly string[] }) => (
  <section class="explain-text" aria-labelledby="as-text">
    <h3 id="as-text">As text</h3>
    <p class="hint">
      What <code>gatefold explain</code> prints.
    </p>
    <div class="explain-lines" data-copy="">
      <pre>{lines.join('\n')}</pre>
    </div>
  </section>
);
