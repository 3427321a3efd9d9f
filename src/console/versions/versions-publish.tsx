/** The form that publishes: with a note, now or at a time of the site's clocks. */
import type { ComponentChildren } from 'preact';
import { longestNote } from '../../policy/versions/version.ts';
import type { PublishField, PublishTyped } from './publish-form.ts';

/** What was sent and came back. */
export interface PublishAgain {
  readonly typed: PublishTyped;
  readonly fault?: { readonly field: PublishField; readonly message: string };
}

interface Props {
  readonly action: string;
  /** What tells whether the operator has seen things as they are. */
  readonly seen: Readonly<Record<string, number>>;
  readonly again: PublishAgain | undefined;
  readonly timeZone: string;
  /** The newer version that publishing would take out of force. */
  readonly overtakenBy?: number;
  readonly button: string;
  readonly children?: ComponentChildren;
}

export const PublishForm = ({ action, seen, again, timeZone, overtakenBy, button, children }: Props) => (
  <form class="stack versions-publish" method="post" action={action}>
    {Object.entries(seen).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {children}
    <div class="field">
      <label for="note">Note</label>
      <textarea id="note" name="note" rows={2} maxLength={longestNote} {...noted('note', again)}>
        {`\n${again?.typed.note ?? ''}`}
      </textarea>
      <Fault field="note" again={again} />
      <p class="hint" id="note-hint">
        Why it is changed, for whoever looks later. It may stay empty.
      </p>
    </div>
    <div class="field">
      <label for="at">Not now, but at</label>
      <input id="at" name="at" type="datetime-local" value={again?.typed.at ?? ''} {...noted('at', again)} />
      <Fault field="at" again={again} />
      <p class="hint" id="at-hint">
        Empty: at once. Otherwise by the site’s clocks ({timeZone}).
      </p>
    </div>
    <label class="tick">
      <input type="checkbox" name="regardless" value="yes" checked={again?.typed.regardless} />
      <span>
        {overtakenBy === undefined
          ? 'If it is for later: publish it even when another version came first'
          : `Publish it although version ${overtakenBy} was published since`}
      </span>
    </label>
    <button class="button" type="submit">
      {button}
    </button>
  </form>
);

const noted = (field: PublishField, again: PublishAgain | undefined) => {
  const faulty = again?.fault?.field === field;
  return {
    'aria-describedby': `${faulty ? `${field}-fault ` : ''}${field}-hint`,
    'aria-invalid': faulty ? ('true' as const) : undefined,
    autofocus: faulty || undefined,
  };
};

const Fault = ({ field, again }: { field: PublishField; again: PublishAgain | undefined }) =>
  again?.fault?.field === field ? (
    <p class="fault" id={`${field}-fault`}>
      {again.fault.message}
    </p>
  ) : null;
