/** Another name for a metered limit, and its end. */
import type { Meter } from '../../policy/policy.ts';
import { TextField } from '../draft/edited-field.tsx';
import { type FormAgain, shownForm } from '../draft/form-again.ts';
import { isInUse, type RulesInUse, usersInWords } from '../draft/rules-in-use.ts';

interface Props {
  readonly meter: Meter;
  readonly usedBy: RulesInUse;
  readonly revision: number;
  readonly again: FormAgain | undefined;
}

export const LimitsRename = ({ meter: { id }, usedBy, revision, again }: Props) => (
  <div class="edited-ends">
    <details class="hush" open={again?.form === `rename ${id}`}>
      <summary aria-label={`Rename ${id}`}>Rename</summary>
      <form method="post" action="/-/console/limits/rename">
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="id" value={id} />
        <TextField
          form={shownForm(`rename ${id}`, again)}
          id={`rename-${id}`}
          name="to"
          label={`New name of ${id}`}
          now=""
          hint="Rules that use it follow. Reads are counted by name: once published, every reader starts anew."
          maxLength={64}
          required
        />
        <button class="button small" type="submit" aria-label={`Rename in the draft: ${id}`}>
          Rename in the draft
        </button>
      </form>
    </details>
    <details class="hush" open={again?.form === `remove ${id}`}>
      <summary aria-label={`Remove ${id}`}>Remove</summary>
      {isInUse(usedBy) ? (
        <p class="limits-held">
          It can’t be removed while it is used by {usersInWords(usedBy)}: give those another one first, under{' '}
          <a href="/-/console/rules">Rules</a>.
        </p>
      ) : (
        <form method="post" action="/-/console/limits/remove">
          <p>No rule uses it. What readers have read from it is forgotten with its window.</p>
          <input type="hidden" name="revision" value={revision} />
          <input type="hidden" name="id" value={id} />
          <button class="button small" type="submit" aria-label={`Yes, remove ${id} from the draft`}>
            Yes, remove
          </button>
        </form>
      )}
    </details>
  </div>
);
