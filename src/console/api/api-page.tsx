/** The management API told to people: how a program is let in, what it may ask, and what it is told. */

import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { ApiCall } from './api-call.tsx';
import { callGroups } from './call.ts';
import { groupWords } from './call-words.ts';
import type { DescribedCall } from './describe-calls.ts';

export interface ApiFacts {
  /** `https://host[:port]` */
  readonly consoleUrl: string;
  readonly calls: readonly DescribedCall[];
}

export const renderApiPage = (frame: ConsoleFrame, { consoleUrl, calls }: ApiFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/api',
    title: 'Management API',
    children: (
      <>
        <p class="api-lead">
          All that this console does, a program may do as well: publish a policy that is kept in git, give
          access to a reader, fetch figures.
        </p>
        <HowToCall consoleUrl={consoleUrl} />
        <WhatIsTold />
        <Contents calls={calls} />
        {callGroups.map((group) => (
          <section key={group} class="part" aria-labelledby={idOf(group)}>
            <h2 id={idOf(group)}>{group}</h2>
            <p class="hint">{groupWords[group]}</p>
            {calls
              .filter((call) => call.group === group)
              .map((call) => (
                <ApiCall key={call.id} call={call} />
              ))}
          </section>
        ))}
      </>
    ),
  });

const idOf = (group: string): string => `group-${group.toLowerCase()}`;

const HowToCall = ({ consoleUrl }: { consoleUrl: string }) => (
  <section class="part" aria-labelledby="how-to-call">
    <h2 id="how-to-call">How a program calls</h2>
    <p>
      An owner makes it a token under <a href="/-/console/team#tokens">Team</a>, with the least role that will
      do. It is shown once: keep it where the program keeps its secrets, and never in an address.
    </p>
    <pre class="api-example">
      <code>{`export GATEFOLD_TOKEN=gfo_…

curl -H "Authorization: Bearer $GATEFOLD_TOKEN" \\
  ${consoleUrl}/-/console/api/v1/overview`}</code>
    </pre>
    <p>What a call takes is sent as JSON:</p>
    <pre class="api-example">
      <code>{`curl -X POST -H "Authorization: Bearer $GATEFOLD_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"text":"otherwise: { access: open }"}' \\
  ${consoleUrl}/-/console/api/v1/policy/check`}</code>
    </pre>
    <ul class="api-rules">
      <li>A field or parameter that a call doesn’t take is refused, so that a misspelt one is noticed.</li>
      <li>Answers may gain fields: a program passes over what it doesn’t know.</li>
      <li>
        Moments are ISO 8601 in UTC: <code>2027-01-31T08:00:00.000Z</code>; in decisions and the facts behind
        them, milliseconds.
      </li>
      <li>What changes something stands in the audit log, under the token’s name.</li>
      <li>Pages of other sites can’t call: there are no headers for them.</li>
    </ul>
    <p>
      For programs that write programs: <a href="/-/console/api/openapi.json">the same as OpenAPI 3.1</a>.
    </p>
  </section>
);

const WhatIsTold = () => (
  <section class="part" aria-labelledby="problems">
    <h2 id="problems">When a call is refused</h2>
    <p>
      The status tells the kind, the code the reason; codes stay the same. With <code>request-invalid</code>,{' '}
      <code>faults</code> says where in the request.
    </p>
    <pre class="api-example">
      <code>{`{ "error": { "code": "request-invalid", "detail": "…",
  "faults": [{ "in": "body", "at": "role", "message": "…" }] } }`}</code>
    </pre>
    <dl class="facts">
      {kinds.map(([status, words]) => (
        <div key={status}>
          <dt>{status}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  </section>
);

const kinds = [
  ['400, 415', 'The request isn’t what the call takes, or isn’t JSON: mend the program.'],
  ['401', 'No token came, or it is worth nothing any more.'],
  ['403', 'The role doesn’t allow it, or somebody has to be signed in for it.'],
  ['404', 'There is no such call, or not what it names.'],
  ['405', 'The call takes another method: the header Allow says which.'],
  ['409', 'Things stand otherwise by now: look, and ask again if it is still meant.'],
  ['413', 'The body is larger than three megabytes.'],
  ['422', 'It was understood, and wouldn’t work: a policy with faults, for example.'],
  ['503', 'The store or Stripe can’t be asked: try again after the seconds in Retry-After.'],
] as const;

const Contents = ({ calls }: Pick<ApiFacts, 'calls'>) => (
  <nav class="part" aria-labelledby="contents">
    <h2 id="contents">All calls</h2>
    {callGroups.map((group) => (
      <div key={group} class="api-contents">
        <h3>
          <a href={`#${idOf(group)}`}>{group}</a>
        </h3>
        <ul>
          {calls
            .filter((call) => call.group === group)
            .map(({ id }) => (
              <li key={id}>
                <a href={`#call-${id}`}>{id}</a>
              </li>
            ))}
        </ul>
      </div>
    ))}
  </nav>
);
