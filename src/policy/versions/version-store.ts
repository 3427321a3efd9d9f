/** The port to the policy's versions: a desk that changes by one step at a time, and the versions that never change. */
import type { Desk, DeskStep, Head } from './desk.ts';
import type { PublishedVersion, VersionSummary } from './version.ts';

export interface VersionStore {
  /** Of the desk as it is; cheap enough to ask every few seconds. */
  head(): Promise<Head>;
  /** @throws Error when what is kept is not a desk: it is never taken for an empty one, whose next version would be 1. */
  desk(): Promise<Desk>;
  /**
   * Makes the step unless somebody else made one since its desk was read, or its version's number is taken: then nothing
   * changes and the answer is false. A rejection leaves open whether it was made.
   */
  change(step: DeskStep): Promise<boolean>;
  /** Undefined: never published, or kept no longer. */
  version(number: number): Promise<PublishedVersion | undefined>;
  /** Those of the `limit` numbers up to `from` that are kept, the highest first. */
  summaries(from: number, limit: number): Promise<readonly VersionSummary[]>;
  /** Called on every instance, this one included, after a change of the head. */
  onChange(listener: () => void): void;
  /**
   * A number that differs from the last one whenever changes may have been missed (a lost connection, another process's
   * write). Cheap enough to ask several times a second.
   */
  generation(): number;
}
