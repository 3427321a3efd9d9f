/** Who may use the console, and the tokens of programs: everybody sees the people, owners change both. */
import type { ListedToken } from '../operators/manage-tokens.ts';
import { type Role, roles } from '../operators/may.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';
import type { SeenOperator } from './seen-operators.ts';
import { TeamTokens } from './team-tokens.tsx';

export interface TeamFacts {
  readonly operators: readonly SeenOperator[];
  /** True: whoever looks may invite, change roles and remove. */
  readonly mayChange: boolean;
  /** Absent: whoever looks may not see them. */
  readonly tokens?: readonly ListedToken[];
  readonly notice?: string;
  readonly fault?: string;
  /** Just made: shown now and never again. */
  readonly made?: { readonly name: string; readonly token: string };
  /** As typed, where the page comes back. */
  readonly typed?: { readonly email?: string; readonly tokenName?: string };
  readonly now: number;
}

export const renderTeamPage = (frame: ConsoleFrame, facts: TeamFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/team',
    notice: facts.notice,
    fault: facts.fault,
    children: (
      <>
        <section class="part" aria-labelledby="operators">
          <h2 id="operators">Operators</h2>
          <ul class="rows">
            {facts.operators.map((operator) => (
              <OperatorRow key={operator.email} operator={operator} frame={frame} facts={facts} />
            ))}
          </ul>
        </section>
        {facts.mayChange && <Invite email={facts.typed?.email} />}
        {facts.tokens && <TeamTokens frame={frame} facts={{ ...facts, tokens: facts.tokens }} />}
        {!facts.mayChange && <p class="hint part">Owners invite others, change roles and make API tokens.</p>}
      </>
    ),
  });

interface RowProps {
  readonly operator: SeenOperator;
  readonly frame: ConsoleFrame;
  readonly facts: TeamFacts;
}

const OperatorRow = ({ operator, frame, facts: { mayChange } }: RowProps) => {
  const { email, role, lastSeenAt } = operator;
  const { timeZone } = frame;
  return (
    <li>
      <div>
        <b>
          <bdi>{email}</bdi>
        </b>
        <small>
          {capital(role)}
          {operator.bySettings ? (
            ', by the setting OPERATORS'
          ) : (
            <>
              , invited by <bdi>{operator.invitedBy}</bdi> on{' '}
              <Moment at={operator.invitedAt} timeZone={timeZone} />
            </>
          )}
        </small>
        <small>
          {lastSeenAt === undefined ? (
            operator.bySettings ? (
              'Not signed in now'
            ) : (
              'Not seen yet'
            )
          ) : (
            <>
              Last seen <Moment at={lastSeenAt} timeZone={timeZone} />
            </>
          )}
        </small>
      </div>
      {mayChange && !operator.bySettings && <OperatorActions email={email} role={role} />}
    </li>
  );
};

const OperatorActions = ({ email, role }: { email: string; role: Role }) => (
  <div class="actions">
    <form class="inline" method="post" action="/-/console/team/role">
      <input type="hidden" name="email" value={email} />
      <input type="hidden" name="from" value={role} />
      <RoleSelect name="to" chosen={role} label={`Role of ${email}`} />
      <button class="button quiet small" type="submit" aria-label={`Change the role of ${email}`}>
        Change
      </button>
    </form>
    <details class="hush">
      <summary aria-label={`Remove ${email}`}>Remove</summary>
      <form method="post" action="/-/console/team/remove">
        <p>Signed out everywhere at once, and the tokens made by this operator end.</p>
        <input type="hidden" name="email" value={email} />
        <button class="button small" type="submit" aria-label={`Yes, remove ${email}`}>
          Yes, remove
        </button>
      </form>
    </details>
  </div>
);

interface RoleSelectProps {
  readonly name: string;
  readonly chosen: Role;
  readonly label?: string;
  readonly id?: string;
}

export const RoleSelect = ({ name, chosen, label, id }: RoleSelectProps) => (
  <select name={name} id={id} aria-label={label}>
    {roles.map((role) => (
      <option key={role} value={role} selected={role === chosen}>
        {capital(role)}
      </option>
    ))}
  </select>
);

const Invite = ({ email }: { email: string | undefined }) => (
  <section class="part" aria-labelledby="invite">
    <h2 id="invite">Invite somebody</h2>
    <p class="hint">
      They get a mail with the console’s address, and sign in with theirs. Viewers look at everything; editors
      also change limits and rules, publish and help readers; owners also invite others.
    </p>
    <form class="line" method="post" action="/-/console/team/invite">
      <div class="field">
        <label for="email">Email address</label>
        <input
          id="email"
          name="email"
          type="email"
          required
          maxLength={254}
          autocomplete="off"
          value={email}
        />
      </div>
      <div class="field narrow">
        <label for="role">Role</label>
        <RoleSelect id="role" name="role" chosen="editor" />
      </div>
      <button class="button small" type="submit">
        Invite
      </button>
    </form>
  </section>
);

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
