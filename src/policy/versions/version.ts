/** What a version of the policy is: a text that was in force from a moment on, who published it, and what it was made from. */
import { createHash } from 'node:crypto';
import type { PolicyVersion } from '../policy.ts';

export interface PublishedVersion {
  /** From 1, without gaps. The highest is the one in force. */
  readonly number: number;
  /** The YAML as it was published, to the last character. */
  readonly text: string;
  /** Of what the text says: two versions that differ in comments alone have the same. */
  readonly version: PolicyVersion;
  /** The address of the operator who published it, or `file`. */
  readonly author: string;
  readonly note: string;
  /** When the author handed it in. Milliseconds. */
  readonly createdAt: number;
  /** When it came into force; later than `createdAt` where it was scheduled. Milliseconds. */
  readonly publishedAt: number;
  /** The version it was edited from or rolled back to, or that the file said before. Absent: it is the first. */
  readonly from?: number;
  readonly made: Made;
}

/** `edited` in the console or over its API, `rolled-back` to an earlier version, `file`: the policy file was changed. */
export type Made = 'edited' | 'rolled-back' | 'file';

export type VersionSummary = Omit<PublishedVersion, 'text'>;

/** The author of what came from the policy file. */
export const fileAuthor = 'file';

/** So many of the newest are kept, and each one more drops the oldest. Ten a day for more than a year. */
export const keptVersions = 5000;

/** Characters. */
export const longestNote = 1000;

/** Each holds a whole text, and every change of the desk writes them all. */
export const mostScheduled = 10;

export const summaryOf = ({ text: _, ...summary }: PublishedVersion): VersionSummary => summary;

/** Equal texts, equal hash: for whoever has to know whether a text is the same without keeping it. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('base64url');
