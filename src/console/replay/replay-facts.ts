/** What the replay page knows. */
import type { VersionSummary } from '../../policy/versions/version.ts';
import type { ReplayState } from './replay-jobs.ts';
import type { SidesAsked } from './replay-sides.ts';

export interface ReplayFacts {
  readonly asked: SidesAsked;
  readonly hasDraft: boolean;
  readonly published: VersionSummary;
  /** The newest, in their order. */
  readonly versions: readonly VersionSummary[];
  /** Views in the log. */
  readonly logged: number;
  /** Absent: it wasn't run. */
  readonly state?: ReplayState | undefined;
  /** Local addresses: of this page while it runs, of its table, and where a program asks how far it is. */
  readonly addresses: { readonly page: string; readonly csv: string; readonly progress: string };
  readonly fault?: string | undefined;
  /** Milliseconds. */
  readonly now: number;
}
