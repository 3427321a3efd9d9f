/** Versions as rows: when, who, why and from what, the newest first. */

import type { VersionPage } from '../../policy/versions/policy-versions.ts';
import { fileAuthor, type VersionSummary } from '../../policy/versions/version.ts';
import { Moment } from '../shell/moment.tsx';

interface Props {
  readonly page: VersionPage;
  /** True: there is something newer than this page. */
  readonly later: boolean;
  readonly inForce: number;
  readonly timeZone: string;
}

export const VersionList = ({ page: { versions, next }, later, inForce, timeZone }: Props) => (
  <section class="part" aria-labelledby="all">
    <h2 id="all">All versions</h2>
    {versions.length === 0 ? (
      <p>None {later ? 'older than that is kept' : 'yet'}.</p>
    ) : (
      <ol class="told">
        {versions.map((version) => (
          <li key={version.number}>
            <Moment at={version.publishedAt} timeZone={timeZone} />
            <div>
              <a href={versionPath(version.number)}>Version {version.number}</a>
              {version.number === inForce && <b> in force</b>}
              {version.note !== '' && <Note note={version.note} />}
              <small>
                {madeInWords(version)}, by <bdi>{authorName(version.author)}</bdi>
              </small>
            </div>
          </li>
        ))}
      </ol>
    )}
    {(later || next !== undefined) && (
      <nav class="pages" aria-label="Pages of versions">
        {later && <a href="/-/console/versions#all">The newest</a>}
        {next !== undefined && <a href={`/-/console/versions?before=${next}#all`}>Older</a>}
      </nav>
    )}
  </section>
);

export const versionPath = (number: number): string => `/-/console/versions/${number}`;

export const Note = ({ note }: { note: string }) => (
  <p class="versions-note">
    <bdi>{note}</bdi>
  </p>
);

export const authorName = (author: string): string => (author === fileAuthor ? 'the policy file' : author);

/** Such as `Edited from version 3`. */
export const madeInWords = ({ made, from }: Pick<VersionSummary, 'made' | 'from'>): string => {
  switch (made) {
    case 'edited':
      return from === undefined ? 'Edited' : `Edited from version ${from}`;
    case 'rolled-back':
      return `Rolled back to version ${from ?? '?'}`;
    case 'file':
      return from === undefined ? 'The file as it was first read' : 'The file was changed';
    default:
      return made satisfies never;
  }
};
