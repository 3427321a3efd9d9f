/** What one text of the policy changes of another: in words first, by line for who wants to see it. */
import type { Change } from '../../policy/words/change.ts';
import type { ComparedTexts } from './compared-texts.ts';
import type { DiffLine, Hunk, LineDiff } from './line-diff.ts';

interface Props {
  readonly compared: Pick<ComparedTexts, 'changes' | 'lines'>;
  /** Where nothing differs that a reader meets. */
  readonly nothing: string;
}

export const Compared = ({ compared: { changes, lines }, nothing }: Props) => (
  <>
    {changes === undefined ? (
      <p>One of the two texts can’t be used by this Gatefold, so that only their lines can be compared.</p>
    ) : changes.length === 0 ? (
      <p>{nothing}</p>
    ) : (
      <ChangeList changes={changes} />
    )}
    <Lines diff={lines} />
  </>
);

const mostShown = 300;

export const ChangeList = ({ changes }: { changes: readonly Change[] }) => (
  <>
    <ul class="versions-changes">
      {changes.slice(0, mostShown).map(({ words }, at) => (
        <li key={at}>
          <bdi>{words}</bdi>.
        </li>
      ))}
    </ul>
    {changes.length > mostShown && <p>And {changes.length - mostShown} more.</p>}
  </>
);

const Lines = ({ diff }: { diff: LineDiff }) => {
  if (diff.kind === 'too-different')
    return <p class="hint">The texts are too long, or too different, to be compared line by line here.</p>;
  if (diff.hunks.length === 0) return null;
  return (
    <details class="hush">
      <summary>The same, line by line</summary>
      {diff.hunks.map((hunk) => (
        <HunkLines key={`${hunk.before} ${hunk.after}`} hunk={hunk} />
      ))}
    </details>
  );
};

const HunkLines = ({ hunk: { after, lines } }: { hunk: Hunk }) => (
  <figure class="versions-hunk">
    <figcaption>From line {after} on</figcaption>
    <pre>{lines.map(lineOf)}</pre>
  </figure>
);

/** The signs say it without colours, and as text that is copied. */
const lineOf = ({ kind, text }: DiffLine, at: number) => {
  switch (kind) {
    case 'same':
      return `  ${text}\n`;
    case 'gone':
      return <del key={at}>{`- ${text}\n`}</del>;
    case 'new':
      return <ins key={at}>{`+ ${text}\n`}</ins>;
    default:
      return kind satisfies never;
  }
};
