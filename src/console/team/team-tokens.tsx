/** The API tokens of the console: what programs show in place of a person. */
import { type ListedToken, maxTokenDays } from '../operators/manage-tokens.ts';
import { roles } from '../operators/may.ts';
import type { ConsoleFrame } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';

export interface TokenFacts {
  readonly tokens: readonly ListedToken[];
  readonly made?: { readonly name: string; readonly token: string };
  readonly typed?: { readonly tokenName?: string };
  readonly now: number;
}

interface Props {
  readonly frame: ConsoleFrame;
  readonly facts: TokenFacts;
}

export const TeamTokens = ({ frame, facts }: Props) => (
  <section class="part" aria-labelledby="tokens">
    <h2 id="tokens">API tokens</h2>
    <p class="hint">
      For programs: sent as <code>Authorization: Bearer …</code>. A token can do what its role may, and never
      more than whoever made it may now; it can’t invite, change roles or make tokens.
    </p>
    {facts.made && <Made made={facts.made} />}
    {facts.tokens.length > 0 && (
      <ul class="rows">
        {facts.tokens.map((token) => (
          <TokenRow key={token.id} token={token} frame={frame} now={facts.now} />
        ))}
      </ul>
    )}
    <Make name={facts.typed?.tokenName} />
  </section>
);

/** In the page once, so that it stands in no address, no history and no store. */
const Made = ({ made: { name, token } }: { made: NonNullable<TokenFacts['made']> }) => (
  <div class="note" role="status">
    <p>
      The token “<bdi>{name}</bdi>” is made. Copy it now: it is shown this once, and kept nowhere.
    </p>
    <p>
      <code class="secret" id="made-token">
        {token}
      </code>
    </p>
  </div>
);

const TokenRow = ({
  token,
  frame: { timeZone },
  now,
}: {
  token: ListedToken;
  frame: ConsoleFrame;
  now: number;
}) => (
  <li>
    <div>
      <b>
        <bdi>{token.name}</bdi>
      </b>
      <small>
        {token.role}, made by <bdi>{token.createdBy}</bdi> on{' '}
        <Moment at={token.createdAt} timeZone={timeZone} />
      </small>
      <small>
        {token.expiresAt <= now ? 'Ended' : 'Good until'} <Moment at={token.expiresAt} timeZone={timeZone} />
        {', '}
        {token.lastUsedAt === undefined ? (
          'not used yet'
        ) : (
          <>
            last used <Moment at={token.lastUsedAt} timeZone={timeZone} />
          </>
        )}
      </small>
    </div>
    <details class="hush">
      <summary aria-label={`Revoke the token ${token.name}`}>Revoke</summary>
      <form method="post" action="/-/console/team/tokens/revoke">
        <p>What uses it is refused with its very next request.</p>
        <input type="hidden" name="id" value={token.id} />
        <button class="button small" type="submit" aria-label={`Yes, revoke the token ${token.name}`}>
          Yes, revoke
        </button>
      </form>
    </details>
  </li>
);

/** Days. */
const lives = [7, 30, 90, 180, maxTokenDays - 1] as const;

const Make = ({ name }: { name: string | undefined }) => (
  <form class="line" method="post" action="/-/console/team/tokens">
    <div class="field">
      <label for="token-name">Name of a new token</label>
      <input id="token-name" name="name" required maxLength={60} autocomplete="off" value={name} />
    </div>
    <div class="field narrow">
      <label for="token-role">Its role</label>
      <select id="token-role" name="role">
        {roles.map((role) => (
          <option key={role} value={role}>
            {role}
          </option>
        ))}
      </select>
    </div>
    <div class="field narrow">
      <label for="token-days">Good for</label>
      <select id="token-days" name="days">
        {lives.map((days) => (
          <option key={days} value={days} selected={days === 90}>
            {days} days
          </option>
        ))}
      </select>
    </div>
    <button class="button small" type="submit">
      Make a token
    </button>
  </form>
);
