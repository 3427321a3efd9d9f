/** Which of two sources is in force, the policy file or the versions: whichever was changed last. */
import type { PolicyVersion } from '../policy.ts';
import {
  type Desk,
  type FileMark,
  type Head,
  type NewestVersion,
  newestNumber,
  nextDesk,
  publishStep,
  type Ruling,
} from './desk.ts';
import { fileAuthor, type PublishedVersion, summaryOf, textHash, type VersionSummary } from './version.ts';

/**
 * A file that says what it said when it was last heeded has nothing to say: whatever was published in the console since
 * stays in force through every restart.
 */
export const fileHasNews = ({ file }: Pick<Head, 'file'>, text: string): boolean =>
  file?.textHash !== textHash(text);

export interface FileText {
  readonly text: string;
  readonly version: PolicyVersion;
}

export type Imported =
  | { readonly kind: 'published'; readonly version: VersionSummary }
  /** The file's text was heeded before, or is what is in force. */
  | { readonly kind: 'known' };

/** A changed file is the newest version; asked by every instance that reads it, and published once. */
export const importFile = (desk: Desk, { text, version }: FileText, now: number): Ruling<Imported> => {
  const hash = textHash(text);
  const { file, newest } = desk;
  if (!fileHasNews(desk, text)) return { answer: { kind: 'known' } };
  if (newest?.textHash === hash) {
    const mark = { textHash: hash, number: newest.number };
    return { answer: { kind: 'known' }, step: { desk: nextDesk(desk, { file: mark }) } };
  }
  const { published, step } = publishStep(
    desk,
    {
      ...{ text, version, author: fileAuthor, note: '', createdAt: now, publishedAt: now },
      ...(file && { from: file.number }),
      made: 'file',
    },
    ({ number }) => ({ file: { textHash: hash, number } }),
  );
  return { answer: { kind: 'published', version: summaryOf(published) }, step };
};

/** What an instance that goes on knows when the store has forgotten. */
export interface Remembered {
  readonly version: PublishedVersion;
  readonly file?: FileMark;
}

/**
 * A store that was emptied, or that fell back to a replica which was behind, gets the version in force back under its
 * number. Where something was published there since, that is the newest and nothing changes.
 */
export const restoreNewest = (
  desk: Desk,
  { version, file }: Remembered,
): Ruling<'restored' | 'not-needed'> => {
  if (newestNumber(desk) >= version.number) return { answer: 'not-needed' };
  const newest: NewestVersion = { ...summaryOf(version), textHash: textHash(version.text) };
  const mark = file ?? desk.file;
  return {
    answer: 'restored',
    step: { desk: nextDesk(desk, { newest, ...(mark && { file: mark }) }), published: version },
  };
};
