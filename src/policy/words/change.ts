/** One difference between two policies, said in words. */
import type { Policy } from '../policy.ts';

export type Area = Exclude<keyof Policy, 'version'>;

export interface Change {
  readonly area: Area;
  /** The id, name or field that it is about; '' for several at once. */
  readonly about: string;
  /** A whole sentence without its full stop. */
  readonly words: string;
}

/** What something was and what it is, of one entry's field or one section's. */
export interface Turn<Value> {
  readonly was: Value;
  readonly is: Value;
}
