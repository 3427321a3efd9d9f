/** The audit log as operators read it: the newest first, a page at a time. */
import type { AuditedActor, AuditPage } from '../operators/audit-store.ts';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { Moment } from '../shell/moment.tsx';

export interface AuditFacts {
  readonly page: AuditPage;
  /** True: there is something newer than this page. */
  readonly later: boolean;
}

export const renderAuditPage = (frame: ConsoleFrame, { page, later }: AuditFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/audit',
    children: (
      <section class="part" aria-label="Lines">
        <p class="hint">
          Who changed what, and when; times are those of {frame.timeZone}.{' '}
          <a href="/-/console/audit.csv">All of it as CSV</a>
        </p>
        {page.lines.length === 0 ? (
          <p>Nothing {later ? 'older than that' : 'yet'}.</p>
        ) : (
          <ol class="told">
            {page.lines.map(({ at, who, what, about, changed }, place) => (
              <li key={place}>
                <Moment at={at} timeZone={frame.timeZone} />
                <div>
                  <code>{what}</code> <bdi>{changed}</bdi>
                  <small>
                    by <bdi>{actorName(who)}</bdi>
                  </small>
                  {about.length > 0 && (
                    <small>
                      on{' '}
                      {about.map((id, at) => (
                        <>
                          {at > 0 && ', '}
                          <bdi>{id}</bdi>
                        </>
                      ))}
                    </small>
                  )}
                </div>
              </li>
            ))}
          </ol>
        )}
        {(later || page.next !== undefined) && (
          <nav class="pages" aria-label="Pages of the log">
            {later && <a href="/-/console/audit">The newest</a>}
            {page.next !== undefined && <a href={`/-/console/audit?before=${page.next}`}>Older</a>}
          </nav>
        )}
      </section>
    ),
  });

export const actorName = (who: AuditedActor): string => {
  switch (who.kind) {
    case 'operator':
      return who.email;
    case 'token':
      return `the token “${who.name}” of ${who.email}`;
    case 'machine':
      return machineNames[who.by];
    default:
      return who satisfies never;
  }
};

const machineNames = {
  command: 'a command on the machine',
  'policy-file': 'the policy file',
  schedule: 'the schedule',
} as const;
